import { cp, lstat, readFile, realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { inertLine, innerPath, UserError } from '@release-kit/action';

/** What stays out of the machine, and why; paths are relative to the tree. */
export interface LeftOut {
  readonly path: string;
  readonly reason: string;
}

/**
 * Copies a source tree as it lies there, changed and untracked files included, with times and modes; links are copied as links
 * and never followed, except `from` itself. Left out: git's own data, the output folder, folders that an earlier run has filled, sockets and pipes.
 * Throws E_PATH for a name that is not UTF-8, which Node cannot copy byte for byte, and when `to` is inside `from`.
 */
export async function copyTree(from: string, to: string, output: string): Promise<readonly LeftOut[]> {
  if (innerPath(from, to) !== undefined) {
    throw new UserError('E_PATH', `the folder for temporary files lies inside the source: ${inertLine(relative(from, to))}`, {
      cure: 'Name another folder in RUNNER_TEMP (on a runner) or TMPDIR.',
    });
  }
  const top = await realpath(from);
  const inner = innerPath(from, output);
  const ownOutput = inner === undefined ? output : join(top, inner);
  const leftOut: LeftOut[] = [];
  await cp(top, to, {
    recursive: true,
    verbatimSymlinks: true,
    preserveTimestamps: true,
    filter: async (path) => {
      const reason = await reasonToLeaveOut(path, ownOutput, top);
      if (reason !== undefined) leftOut.push({ path: path.slice(top.length + 1), reason });
      return reason === undefined;
    },
  });
  return leftOut;
}

async function reasonToLeaveOut(path: string, output: string, from: string): Promise<string | undefined> {
  const top = path === from;
  const info = await lstat(path).catch((cause: NodeJS.ErrnoException) => {
    // What is not UTF-8 reads as U+FFFD, and no file has that name.
    if (cause.code !== 'ENOENT' || !path.includes('\ufffd')) throw cause;
    throw new UserError('E_PATH', `the name of ${inertLine(relative(from, path))} in the source is not UTF-8`, {
      cause,
      cure: 'Rename the file, or make it in debian/rules.',
    });
  });
  if (info.isDirectory()) {
    if (path === output && !top) return 'the output folder';
    if (path.endsWith('/.git')) return "git's own data";
    return !top && (await isOurOutput(path)) ? 'output of an earlier run' : undefined;
  }
  if (path.endsWith('/.git')) return "git's own data";
  return info.isFile() || info.isSymbolicLink() ? undefined : 'not a file';
}

/** Known by our manifest, so that a project's own folder of the same name is never touched. */
async function isOurOutput(folder: string): Promise<boolean> {
  const file = join(folder, 'manifest.json');
  const info = await lstat(file).catch(() => undefined);
  if (info?.isFile() !== true || info.size > 16 * 1024 * 1024) return false;
  const text = await readFile(file, 'utf8');
  return /"sourceDateEpoch":\s*[0-9]/.test(text) && /"schema":\s*1\b/.test(text);
}
