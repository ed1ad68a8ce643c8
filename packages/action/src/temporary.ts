import { chmod, lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { UserError } from './errors.ts';
import type { TemporaryFolder } from './host.ts';
import { innerPath } from './inner-path.ts';
import { mountPoints } from './mount-point.ts';
import { codeOf, refusalOf } from './system-error.ts';

/** Every temporary folder's name starts so; what a killed run left is found by it. */
export const temporaryPrefix = 'release-kit-';

/** A new folder under `root`, mode 0700; removed with all it holds when disposed of. Throws UserError E_HOST. */
export async function temporaryFolder(root: string, name: string): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(root, `${temporaryPrefix}${name}-`)).catch((error: unknown) => {
    throw notMade(root, error);
  });
  return { path, [Symbol.asyncDispose]: () => removeFolder(path) };
}

/** Whether a path is that of a folder that `temporaryFolder` made in `root`, or lies in one, so that it will be gone. */
export function isTemporary(path: string, root = tmpdir()): boolean {
  const [name = ''] = innerPath(root, path)?.split(sep) ?? [];
  return name.startsWith(temporaryPrefix) && /^[\w-]+-[A-Za-z0-9]{6}$/.test(name.slice(temporaryPrefix.length));
}

/**
 * Removes a folder and all it holds, read-only folders as well. Links are removed, not followed; a folder in which
 * something is still mounted is left alone, because the mounted files are not ours. Throws UserError E_HOST.
 */
export async function removeFolder(path: string): Promise<void> {
  const mount = (await mountPoints()).find((point) => point === path || point.startsWith(`${path}/`));
  if (mount !== undefined)
    throw new UserError('E_HOST', `${path} is not removed: ${mount} is still mounted`, { cure: `Unmount ${mount}, then remove ${path}.` });
  try {
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    if (!['EACCES', 'EPERM', 'ENOTEMPTY'].includes(codeOf(error) ?? '')) throw notRemoved(path, error);
    await makeWritable(path).catch(() => {}); // the second removal tells what is wrong
    await rm(path, { recursive: true, force: true, maxRetries: 3 }).catch((second: unknown) => {
      throw notRemoved(path, second);
    });
  }
}

async function makeWritable(folder: string): Promise<void> {
  const { mode } = await lstat(folder);
  await chmod(folder, mode | 0o700);
  for (const entry of await readdir(folder, { withFileTypes: true })) if (entry.isDirectory()) await makeWritable(join(folder, entry.name));
}

function notMade(root: string, cause: unknown): unknown {
  const reason = refusalOf(cause);
  if (reason === undefined) return cause;
  return new UserError('E_HOST', `no temporary folder can be made in ${root}: ${reason}`, {
    cause,
    cure: 'Make room there and let us write, or name another folder: with TMPDIR, on a runner with RUNNER_TEMP.',
  });
}

function notRemoved(path: string, cause: unknown): UserError {
  return new UserError('E_HOST', `the temporary folder ${path} cannot be removed`, { cause, cure: `Remove ${path} by hand.` });
}
