import { basename } from 'node:path';
import { type Host, inertLine } from '@release-kit/action';
import { ownArchitecture } from '@release-kit/machine';
import { type BuiltFolder, gatherFiles, type Manifest, mergeManifests, namedPaths, openPackages } from '@release-kit/manifest';

export type GatheredPackages = BuiltFolder & AsyncDisposable;

/**
 * The packages that are tried together with those that they need and no archive has: of the builds that the input `local-packages` names, what is for
 * the same distribution and architecture. Each is compared with its manifest. Throws E_PATH, E_MANIFEST, E_DIGEST.
 */
export async function withNeeded(
  tried: BuiltFolder,
  named: readonly string[],
  host: Pick<Host, 'files' | 'log'>,
): Promise<GatheredPackages> {
  if (named.length === 0) return { ...tried, [Symbol.asyncDispose]: async () => {} };
  await using stack = new AsyncDisposableStack();
  const builds: BuiltFolder[] = [tried];
  for (const word of named) {
    for (const path of await namedPaths(word, host.files.workspace)) {
      if (path.endsWith('.deb')) {
        host.log.warning(`${inertLine(basename(path))} is not taken along: only the manifest of its build says what it is for`);
        continue;
      }
      const { manifest, folder } = stack.use(await openPackages(path, undefined, host));
      builds.push({ manifest: fitting(manifest, tried.manifest), folder });
    }
  }
  const manifest = mergeManifests(builds.map((build) => build.manifest));
  const { path: folder } = stack.use(await host.files.temporary('together'));
  await gatherFiles(manifest, builds, folder);
  const kept = stack.move();
  // What it is called, and where it comes from, is what is tried.
  return { manifest: { ...manifest, sources: tried.manifest.sources }, folder, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** Of what an earlier job built, what can be installed along with `tried`. */
function fitting(earlier: Manifest, tried: Manifest): Manifest {
  const distributions = new Set(tried.files.map(({ distribution }) => distribution));
  const architectures = new Set(tried.files.filter(({ kind }) => kind === 'deb').map(({ architecture }) => architecture));
  // What is for all architectures is tried on this host's.
  if ([...architectures].every((architecture) => architecture === 'all')) architectures.add(ownArchitecture());
  const files = earlier.files.filter(
    ({ kind, distribution, architecture }) =>
      kind === 'deb' && distributions.has(distribution) && (architecture === 'all' || architectures.has(architecture)),
  );
  return { ...earlier, files };
}
