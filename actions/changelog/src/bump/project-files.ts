import { open, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, inertLine, isInside, UserError } from '@release-kit/action';
import type { Git } from '@release-kit/git';

/** Far above what a lock file has, so that a disk image named README is not read into memory. */
const maxMegabytes = 64;

/** The files of a checkout, by their path from its root, with `/`. */
export interface ProjectFiles {
  /** Those that git knows, sorted: neither build results nor packages of others. */
  readonly tracked: readonly string[];
  /** undefined where nothing is. Throws E_PATH for what is no file, or leads out of the checkout. */
  read(path: string): Promise<ProjectFile | undefined>;
  /** What was to be read so far and is not there: git knows it, but a sparse checkout, or a person, has taken it out of the work tree. */
  readonly missing: ReadonlySet<string>;
}

export interface ProjectFile {
  readonly path: string;
  /** Absolute, without symbolic links: what is to be replaced. */
  readonly target: string;
  readonly bytes: Uint8Array;
}

/** What git lists, and the files as they are in the work tree. */
export async function projectFiles(git: Git): Promise<ProjectFiles> {
  const root = await realpath(git.checkout);
  const list = git.temporaryFile('files');
  // Through a file: half a million paths are more than is kept of what a command prints.
  await git.run(['ls-files', '-z', '--cached'], { stdoutFile: list });
  const names = (await readFile(list, 'utf8')).split('\0').filter((name) => name !== '');
  const missing = new Set<string>();
  const known = new Map<string, Promise<ProjectFile | undefined>>();
  return {
    // In a conflict git lists a file three times.
    tracked: [...new Set(names)].sort(),
    read: async (path) => {
      const reading = known.get(path) ?? readProjectFile(root, path);
      known.set(path, reading);
      const file = await reading;
      if (file === undefined) missing.add(path);
      return file;
    },
    missing,
  };
}

async function readProjectFile(root: string, path: string): Promise<ProjectFile | undefined> {
  const refused = (why: string): UserError => new UserError('E_PATH', `${inertLine(path)} ${why}`, { place: { file: path } });
  const named = join(root, path);
  if (!isInside(root, named)) throw refused('is, or leads, outside of the checkout, and nothing there is changed');
  const target = await targetOf(named);
  if (target === undefined) return undefined;
  if (isInside(join(root, '.git'), target)) throw refused("leads into git's own folder");
  await using file = await open(target, 'r');
  const stat = await file.stat();
  if (!stat.isFile()) throw refused('is no file');
  if (stat.size > maxMegabytes * 1024 * 1024) throw refused(`is larger than ${maxMegabytes} MiB`);
  return { path, target, bytes: await file.readFile() };
}

async function targetOf(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
