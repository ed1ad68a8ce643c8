import { type FileHandle, open, rename, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { UserError } from './errors.ts';
import { inertLine } from './inert.ts';
import type { Owner } from './ownership.ts';
import { statusOf } from './path-status.ts';
import { noRoom, refusalOf } from './system-error.ts';

/**
 * Writes a file as a whole or not at all: under another name beside it, then renamed, so that a full disk or a kill leaves the old
 * file, or none, and nobody ever reads half of it. `path` is absolute; `mode` holds whatever the umask; `owner` is for root to say.
 * Errors as `storageError`, and as `refuseSpecial`.
 */
export async function writeWhole(path: string, content: string | Uint8Array, mode = 0o644, owner?: Owner): Promise<void> {
  await refuseSpecial(path);
  const unfinished = unfinishedName(path);
  try {
    const handle = await open(unfinished, 'wx', mode);
    try {
      if (owner !== undefined) await handle.chown(owner.uid, owner.gid);
      await handle.chmod(mode);
      await handle.writeFile(content);
    } finally {
      // Before it gets its name: some file systems tell only now that there was no room.
      await handle.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {}); // the first error tells what is wrong
    throw await storageError(path, error);
  }
}

/**
 * Throws E_PATH where a device, a pipe or a socket stands, or a link to one, and for all that lies in /dev: what is written takes the place of what
 * is there, so `/dev/stdout` would be gone, when root asks for it for the whole host. What is not there may be written.
 */
export async function refuseSpecial(path: string): Promise<void> {
  const status = await stat(path).catch(() => undefined); // what cannot be looked at cannot be written, which is told then
  const isSpecial = status !== undefined && !status.isFile() && !status.isDirectory();
  if (!isSpecial && dirname(path) !== '/dev') return;
  throw new UserError('E_PATH', `${inertLine(path)} is no place for a file: it would take the place of a device or a pipe`, {
    cure: 'Name a file; what is written there can be printed afterwards.',
  });
}

export interface WholeFile {
  /** Absolute. */
  readonly path: string;
  /** In pieces where it has no room in memory. */
  readonly content: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/**
 * Writes several files, all of them or none: each under another name beside its own, and renamed when the last one is written. What is
 * there keeps its mode, and as root its owner; new files have 0644. A symbolic link is replaced, so name what it leads to.
 */
export async function writeTogether(files: readonly WholeFile[]): Promise<void> {
  const unfinished = new Map(files.map(({ path }) => [path, unfinishedName(path)]));
  let at = '';
  try {
    for (const { path, content } of files) {
      at = path;
      await refuseSpecial(path);
      const before = await statusOf(path);
      // rename would refuse it, when files before it have their names already.
      if (before?.isDirectory() === true)
        throw new UserError('E_PATH', `${inertLine(basename(path))} is a folder`, { place: { file: path } });
      const handle = await open(unfinished.get(path) ?? '', 'wx', 0o600);
      try {
        if (before !== undefined && process.geteuid?.() === 0) await handle.chown(before.uid, before.gid);
        await handle.chmod((before?.mode ?? 0o644) & 0o7777);
        await writeAll(handle, content);
      } finally {
        await handle.close();
      }
    }
    for (const [path, name] of unfinished) {
      at = path;
      await rename(name, path);
    }
  } catch (error) {
    for (const name of unfinished.values()) await rm(name, { force: true }).catch(() => {}); // the first error tells what is wrong
    throw await storageError(at, error);
  }
}

/**
 * Taken by nobody else, and opened only where nothing is. crypto.randomUUID() would load all of node:crypto, which takes a third of the
 * time of Node's own start.
 */
function unfinishedName(path: string): string {
  return `${path}.${process.pid}-${Math.random().toString(36).slice(2)}.tmp`;
}

async function writeAll(handle: FileHandle, content: WholeFile['content']): Promise<void> {
  if (typeof content === 'string' || content instanceof Uint8Array) await handle.writeFile(content);
  else for await (const piece of content) await handle.writeFile(piece);
}

/** Does what writes to `path` (absolute) or below it; a file system that refuses is told by `storageError`. */
export async function storing<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw await storageError(path, error);
  }
}

/**
 * What is to be said when writing a file (absolute path) failed: E_HOST with the free space where there is no room, E_PATH where it must
 * not be written; anything that is no answer of a file system comes back as it is.
 */
export async function storageError(path: string, error: unknown): Promise<unknown> {
  const reason = refusalOf(error);
  if (reason === undefined) return error;
  const name = inertLine(basename(path));
  const options = { place: { file: path }, cause: error };
  if (!Object.values(noRoom).includes(reason))
    return new UserError('E_PATH', `${name} cannot be written: ${reason}`, {
      ...options,
      cure: `Make ${inertLine(dirname(path))} writable, or name another folder.`,
    });
  const free = await statfs(dirname(path)).then(
    ({ bavail, bsize }) => ` (${Math.floor((bavail * bsize) / 1e6)} MB are free)`,
    () => '',
  );
  return new UserError('E_HOST', `${name} cannot be written: ${reason}${free}`, {
    ...options,
    cure: 'Make room there, or name another folder; then run again.',
  });
}
