import { chmod, copyFile, lstat, mkdir, readdir, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type Argv, codeOf, type Host, inertLine, UserError } from '@release-kit/action';

/** A destination that is there, such as `/`, stays as it is. $1: destination, $2: owner or empty for root. */
export const makeFolderLine = '[ -d "$1" ] || { mkdir -p -- "$1"; [ -z "$2" ] || chown -- "$2:" "$1"; }';

/** Runs in the machine; $1: destination, $2: owner or empty for root, $3: the host's folder as seen there. */
export const inScript = [
  'set -eu; umask 022',
  makeFolderLine,
  'find "$3" -mindepth 1 -maxdepth 1 -exec cp -R --preserve=mode,timestamps,links -t "$1" -- {} +',
  'if [ -n "$2" ]; then cd -- "$3"; find . -mindepth 1 -print0 | { cd -- "$1"; xargs -0 -r chown -h -- "$2:"; }; fi',
].join('\n');

/** Runs in the machine; $1: folder to copy, $2: the host's empty folder as seen there. */
const outScript = 'set -eu\ncp -R --preserve=mode,timestamps,links -- "$1/." "$2/"';

type RunWithStaging = (argv: Argv, stagingFolder: string, seenAs: string) => Promise<void>;

/**
 * Copies by way of an empty folder that the machine can write to. When its last process is gone nobody can change the folder
 * any more; only then is it looked at, so no link can lead a copy out of it.
 */
export async function takeOut(host: Host, hostFolder: string, machineFolder: string, run: RunWithStaging): Promise<void> {
  await using staging = await host.files.temporary('copy-out');
  const seenAs = '/run/release-kit/out';
  await run(['/bin/sh', '-c', outScript, 'copy-out', machineFolder, seenAs], staging.path, seenAs);
  await refuseSpecialFiles(staging.path, machineFolder);
  await copyPlain(staging.path, hostFolder);
}

/** Moves a folder of ours as it is, to another file system as well. `to` does not exist yet. */
export async function moveFolder(host: Host, from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV') throw error;
    await host.exec(['cp', '--archive', '--', from, to], { cwd: '/' });
    await rm(from, { recursive: true, force: true });
  }
}

async function refuseSpecialFiles(folder: string, shown: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const place = `${shown}/${entry.name}`;
    if (entry.isDirectory()) await refuseSpecialFiles(join(folder, entry.name), place);
    else if (!entry.isFile()) {
      const kind = entry.isSymbolicLink() ? 'a symbolic link' : 'a special file';
      throw new UserError('E_MACHINE', `${inertLine(place)} in the machine is ${kind}; only ordinary files and folders can be taken out`);
    }
  }
}

async function copyPlain(from: string, to: string): Promise<void> {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    const { mode, atime, mtime } = await lstat(source);
    if (entry.isDirectory()) {
      await mkdir(target, { recursive: true });
      await copyPlain(source, target);
    } else await copyFile(source, target);
    await chmod(target, mode & 0o777);
    await utimes(target, atime, mtime);
  }
}
