import { dirname, join } from 'node:path';
import { type Host, inertLine, UserError, writeWhole } from '@release-kit/action';
import type { Manifest } from '@release-kit/manifest';
import { type BuildRequest, buildOnce, type FinishedBuild } from './build-once.ts';
import { causesOf, type DifferenceCause, differingParts } from './difference-cause.ts';
import { diffoscope } from './diffoscope.ts';
import { quietHost } from './quiet-host.ts';
import type { Variation } from './second-place.ts';

export type Reproducibility = Variation & {
  /** How many files were compared. */
  readonly compared: number;
} & (
    | { readonly result: 'same' }
    | {
        readonly result: 'different';
        /** Names of files whose bytes differ. */
        readonly files: readonly string[];
        /** Paths inside them, as diffoscope names them. */
        readonly parts: readonly string[];
        readonly causes: readonly DifferenceCause[];
        /** What diffoscope said; undefined when it could not be asked. */
        readonly report: string | undefined;
      }
    | { readonly result: 'failed'; readonly reason: string }
  );

/**
 * Builds once more in another place and compares what was built, byte for byte. `folder` holds the files of the first build. What
 * describes a build (.buildinfo, .changes) differs by its nature and is not compared. Tests run in the first build only.
 */
export async function checkReproducibility(
  host: Host,
  request: BuildRequest,
  first: FinishedBuild,
  folder: string,
): Promise<Reproducibility> {
  await using stage = await host.files.temporary('second-build');
  const logFile = join(dirname(request.logFile), 'second-build.log');
  await writeWhole(logFile, '');
  const wanted = { ...request, stage: stage.path, logFile, place: 'second', guards: 'warning' } as const;
  host.log.info('building a second time in another place, to compare');
  const second = await buildOnce(quietHost(host, 'second build'), { ...wanted, options: [...request.options, 'nocheck'] }).catch(failureOf);
  const compared = comparable(first.manifest).length;
  if ('failed' in second) return { result: 'failed', reason: second.failed, compared, varied: [], same: [] };
  const { varied = [], same = [] } = second.variation ?? {};
  const files = differingFiles(first.manifest, second.manifest);
  if (files.length === 0) return { result: 'same', compared, varied, same };
  const there = files.filter((name) => second.manifest.files.some(({ path }) => path === name));
  const asked = { ...request, first: folder, second: stage.path, names: there, timeout: request.deadline };
  const report = await diffoscope(host, asked);
  if (report !== undefined) await writeWhole(join(dirname(request.logFile), 'diffoscope.txt'), report);
  return {
    result: 'different',
    compared,
    varied,
    same,
    files,
    parts: differingParts(report ?? ''),
    causes: causesOf(report ?? ''),
    report,
  };
}

const comparable = (manifest: Manifest) => manifest.files.filter(({ kind }) => kind !== 'buildinfo' && kind !== 'changes');

/** Names of files that differ, or that only one of two builds made. */
export function differingFiles(first: Manifest, second: Manifest): readonly string[] {
  const digests = (manifest: Manifest) => new Map(comparable(manifest).map(({ path, sha256 }) => [path, sha256]));
  const [a, b] = [digests(first), digests(second)];
  return [...new Set([...a.keys(), ...b.keys()])].filter((path) => a.get(path) !== b.get(path)).sort();
}

/** A build that fails in another place depends on the place; what is no failure of the build stays one. */
function failureOf(error: unknown): { readonly failed: string } {
  if (error instanceof UserError && error.code.startsWith('E_BUILD')) return { failed: inertLine(error.message) };
  throw error;
}
