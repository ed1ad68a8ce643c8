import { copyFile, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { inertLine, type Place, UserError } from '@release-kit/action';
import { type PreviousRelease, previousText } from '@release-kit/config';
import { createMachine } from '@release-kit/machine';
import { type ManifestFile, manifestName, openPackages } from '@release-kit/manifest';
import type { PackageFile, PackageSet } from '../package-manager.ts';
import { ProblemError } from '../problem.ts';
import type { Ground } from '../tracks/track.ts';
import type { PackageSearch } from './package-search.ts';
import { fetchRelease } from './previous-on-github.ts';
import { choosePrevious, type PreviousChoice } from './previous-set.ts';
import type { UpgradeWishes } from './upgrade.ts';

/** The packages of the previous release, or why there are none; its files are gone after disposal. */
export type FoundPrevious = AsyncDisposable &
  (
    | { readonly kind: 'found'; readonly set: PackageSet; readonly fresh: readonly string[]; readonly from: string }
    /** There is none yet, as before a first release. One line, inert. */
    | { readonly kind: 'none'; readonly reason: string }
  );

/** What the search needs of the ground. */
type SearchGround = Pick<Ground, 'host' | 'base' | 'engine' | 'packages' | 'target' | 'config'>;

/** Gets the previous release for a target. ProblemError when it was named and cannot be had, or is no previous one. */
export async function findPrevious(ground: SearchGround, wishes: UpgradeWishes): Promise<FoundPrevious> {
  const { host } = ground;
  const { previous } = wishes;
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await host.files.temporary('previous')).path;
  const { choice, from } = await known(ground, previous, () => fetchPrevious(ground, wishes, folder));
  if (choice.kind === 'wrong' || (choice.kind === 'none' && isNamed(previous)))
    throw new ProblemError({ category: 'no-previous', message: `${from} cannot be upgraded from: ${choice.reason}`, ...placeOf(ground) });
  if (choice.kind !== 'found') return { kind: 'none', reason: choice.reason, [Symbol.asyncDispose]: async () => {} };
  const kept = stack.move();
  return { ...choice, from, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** Whether somebody said that it is there; a search that finds nothing is no mistake. */
function isNamed(previous: PreviousRelease): boolean {
  return previous.from === 'folder' || previous.from === 'apt' || (previous.from === 'github' && previous.tag !== undefined);
}

interface Fetched {
  readonly choice: PreviousChoice;
  /** For people; one line, inert. */
  readonly from: string;
}

async function fetchPrevious(ground: SearchGround, wishes: UpgradeWishes, folder: string): Promise<Fetched> {
  const { host, base, engine, packages, target } = ground;
  const { previous, search, githubToken } = wishes;
  const choose = (found: readonly PackageFile[]): PreviousChoice => choosePrevious(found, packages, target.architecture);
  const from = inertLine(previousText(previous).split('\n')[0] ?? '');
  switch (previous.from) {
    case 'folder':
      return { choice: choose(await packagesAt(ground, search, resolve(host.files.workspace, previous.path), folder)), from };
    case 'github': {
      await using machine = await createMachine(host, base, engine);
      return await fetchRelease({ ...ground, githubToken, read: (files) => search.read(machine, files) }, previous, folder);
    }
    case 'apt':
    case 'distribution': {
      await using machine = await createMachine(host, base, engine);
      await search.downloadOlder(machine, packages, previous.from === 'apt' ? previous.source : undefined, folder);
      const files = await packageFiles(folder);
      if (files.length === 0) return { choice: { kind: 'none', reason: `${from} has no lower version of the packages` }, from };
      return { choice: choose(await search.read(machine, files)), from };
    }
  }
}

/** A manifest says what its files are; of packages without one, each is read. */
async function packagesAt(ground: SearchGround, search: PackageSearch, path: string, folder: string): Promise<readonly PackageFile[]> {
  const { host, base, engine, target } = ground;
  const info = await stat(path).catch((cause: unknown) => {
    throw new UserError('E_PATH', `${inertLine(path)} does not exist`, { cause });
  });
  const files = info.isDirectory() ? await packageFiles(path) : path.endsWith('.deb') ? [path] : [];
  const hasManifest = info.isDirectory() && (await stat(join(path, manifestName)).catch(() => undefined)) !== undefined;
  if (files.length > 0 && !hasManifest) {
    await using machine = await createMachine(host, base, engine);
    return await search.read(machine, files);
  }
  await using opened = await openPackages(path, undefined, host);
  const debs = ofTarget(opened.manifest.files, target.builtFor);
  return await Promise.all(
    debs.map(async (deb) => {
      // What was unpacked from an archive is gone when this function ends.
      const file = join(folder, deb.path);
      await copyFile(join(opened.folder, deb.path), file);
      return { name: deb.package, version: deb.version, architecture: deb.architecture, file };
    }),
  );
}

/** Packages for the distribution that ours were built for, where the manifest has such; else all. */
export function ofTarget(files: readonly ManifestFile[], builtFor: string): readonly ManifestFile[] {
  const debs = files.filter(({ kind }) => kind === 'deb');
  const same = debs.filter(({ distribution }) => distribution === builtFor);
  return same.length > 0 ? same : debs;
}

async function packageFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => name.endsWith('.deb'))
    .sort()
    .map((name) => join(folder, name));
}

// What says nothing about the previous release.
const ofThisHost: readonly string[] = ['E_CANCELLED', 'E_MACHINE', 'E_ENGINE', 'E_BASE_SYSTEM', 'E_HOST', 'E_TOOL_MISSING'];

/** Whatever keeps the previous release away is a finding about where it was said to be. */
async function known<T>(ground: SearchGround, previous: PreviousRelease, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    if (!(error instanceof UserError) || ofThisHost.includes(error.code)) throw error;
    const from = inertLine(previousText(previous).split('\n')[0] ?? '');
    const { cure } = error;
    const evidence = error instanceof ProblemError ? error.problem.evidence : undefined;
    throw new ProblemError(
      {
        category: 'no-previous',
        message: `${from} cannot be had: ${error.message}`,
        ...(cure === undefined ? {} : { cure }),
        ...(evidence === undefined ? {} : { evidence }),
        ...placeOf(ground),
      },
      error,
    );
  }
}

function placeOf({ config }: SearchGround): { place?: Place } {
  const place = config.place('smoke.previous');
  return place === undefined ? {} : { place };
}
