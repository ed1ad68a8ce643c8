import { UserError } from '@release-kit/action/errors';
import type { Manifest } from './manifest.ts';

/**
 * One manifest of what several builds made, in the order given: their files and sources together, and the newest time. The same file may come from two builds when it is the same, byte for byte: packages of
 * `Architecture: all`. Throws E_MANIFEST for two different files of one name, and for nothing at all.
 */
export function mergeManifests(manifests: readonly Manifest[]): Manifest {
  if (manifests.length === 0) throw new UserError('E_MANIFEST', 'there is no manifest to merge');
  const files = new Map<string, Manifest['files'][number]>();
  for (const file of manifests.flatMap((manifest) => manifest.files)) {
    const earlier = files.get(file.path);
    if (earlier !== undefined && earlier.sha256 !== file.sha256)
      throw new UserError('E_MANIFEST', `two builds made different files of the name ${file.path}`, {
        cure: 'Let one job build the packages of Architecture: all.',
      });
    files.set(file.path, file);
  }
  const sources = new Map(
    manifests.flatMap((manifest) => manifest.sources.map((source) => [`${source.package} ${source.version}`, source])),
  );
  return {
    schema: 1,
    sourceDateEpoch: Math.max(...manifests.map(({ sourceDateEpoch }) => sourceDateEpoch)),
    sources: [...sources.values()],
    files: [...files.values()],
  };
}
