import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Host, inertLine, innerPath, UserError } from '@release-kit/action';
import { type FileKind, type ManifestFile, manifestName, openPackages } from '@release-kit/manifest';
import { type PastReport, readPastReport } from './past-report.ts';

/** What the input compare-with names: a report of an earlier run, or the packages of before, which are checked as well. */
export type Before =
  | { readonly kind: 'report'; readonly name: string; readonly report: PastReport }
  | { readonly kind: 'packages'; readonly name: string; readonly packages: PastPackages };

export interface PastPackages {
  /** Absolute; holds the files. */
  readonly folder: string;
  /** The files of a distribution; plain files say nothing of theirs, so that they are taken for every one. */
  filesFor(distribution: string): readonly ManifestFile[];
}

const largestReport = 256 * 1024 * 1024;

/**
 * Opens what is compared with; the content tells what it is. A report stands alone or as the only JSON file of a downloaded artifact; packages
 * come with their manifest, in an archive as build-deb uploads it, or as files in a folder. What is unpacked goes with `stack`.
 * Throws E_BASELINE, E_MANIFEST, E_DIGEST.
 */
export async function openBefore(path: string, host: Host, stack: AsyncDisposableStack): Promise<Before> {
  const name = shownName(path, host.files.workspace);
  const info = await stat(path);
  if (!info.isDirectory()) return openFile(path, name, host, stack);
  const names = (await readdir(path)).sort();
  if (names.includes(manifestName) || names.some((one) => one.endsWith('.tar'))) return packagesOf(path, name, host, stack);
  if (names.some((one) => kindOf(one) !== 'source'))
    return { kind: 'packages', name: `the packages in ${name}`, packages: plainFiles(path, names) };
  const [report, ...more] = names.filter((one) => one.endsWith('.json'));
  if (report !== undefined && more.length === 0)
    return openFile(join(path, report), shownName(join(path, report), host.files.workspace), host, stack);
  throw new UserError('E_BASELINE', `${name} holds neither packages nor one report of lintian-check`, { place: { file: name }, cure });
}

const cure = 'Name a folder of packages, their manifest, or the JSON report of an earlier run.';

async function openFile(path: string, name: string, host: Host, stack: AsyncDisposableStack): Promise<Before> {
  if (path.endsWith('.tar')) return packagesOf(path, name, host, stack);
  if (kindOf(path) !== 'source')
    return { kind: 'packages', name: `the package ${name}`, packages: plainFiles(dirname(path), [basename(path)]) };
  const value = await readJson(path, name);
  if (typeof value === 'object' && value !== null && 'findings' in value)
    return { kind: 'report', name: `the report ${name}`, report: readPastReport(value, name) };
  if (typeof value === 'object' && value !== null && 'files' in value) return packagesOf(path, name, host, stack);
  throw new UserError('E_BASELINE', 'the file is neither a manifest nor a report of lintian-check', { place: { file: name }, cure });
}

async function readJson(path: string, name: string): Promise<unknown> {
  const { size } = await stat(path);
  if (size > largestReport)
    throw new UserError('E_BASELINE', `the file is larger than ${largestReport / 1024 / 1024} MiB`, { place: { file: name }, cure });
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new UserError('E_BASELINE', 'the file is not JSON', { place: { file: name }, cure, cause });
  }
}

async function packagesOf(path: string, name: string, host: Host, stack: AsyncDisposableStack): Promise<Before> {
  const { folder, manifest } = stack.use(await openPackages(path, undefined, host));
  const filesFor = (distribution: string) => manifest.files.filter((file) => file.distribution === distribution);
  return { kind: 'packages', name: `the packages of ${name}`, packages: { folder, filesFor } };
}

/** A folder as a release gives it: no manifest, all files for one distribution or any. */
function plainFiles(folder: string, names: readonly string[]): PastPackages {
  const files = names.map((path) => ({
    kind: kindOf(path),
    ...{ path, size: 0, sha256: '', package: path.replace(/_.*$/, ''), version: '', architecture: '' },
  }));
  return { folder, filesFor: (distribution) => files.map((file) => ({ ...file, distribution })) };
}

const kinds = ['deb', 'ddeb', 'udeb', 'changes', 'buildinfo', 'dsc'] as const satisfies readonly FileKind[];

function kindOf(name: string): FileKind {
  return kinds.find((kind) => name.endsWith(`.${kind}`)) ?? 'source';
}

function shownName(path: string, workspace: string): string {
  return inertLine(innerPath(workspace, path) || path);
}
