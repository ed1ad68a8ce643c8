import { cp, mkdir, readdir } from 'node:fs/promises';
import { type Host, inertLine, UserError } from '@release-kit/action';
import type { Machine } from '@release-kit/machine';
import { userEnvironment } from './build-command.ts';
import { buildFolder, buildUser } from './build-user.ts';

/** Files in which build systems write down what they tried. */
const names = [
  'config.log',
  'CMakeError.log',
  'CMakeOutput.log',
  'CMakeConfigureLog.yaml',
  'LastTest.log',
  'meson-log.txt',
  'testlog.txt',
  'test-suite.log',
] as const;
/** Of each file the last mebibyte; a build with more of them shows the same thing many times. */
const most = { files: 20, bytes: 1024 * 1024 } as const;

const left = `${buildFolder}/.failure`;
/**
 * Runs as the build user: what that user may not read is not handed out. Links and odd names stay behind, other file systems are not
 * entered. $1: the tree; $2: how many files; $3: bytes of each.
 */
const script = [
  'set -eu',
  `rm -rf ${left}; mkdir -m 0700 ${left}`,
  'cd -- "$1"',
  `find . -xdev -type f '(' ${names.map((name) => `-name '${name}'`).join(' -o ')} ')' -size +0 -print |`,
  `LC_ALL=C grep -E '^\\./([A-Za-z0-9._+@-]{1,100}/){0,20}(${names.join('|').replaceAll('.', '\\.')})$' | grep -v '/\\.\\./' | LC_ALL=C sort | head -n "$2" |`,
  'while IFS= read -r file; do',
  '  if [ -f "$file" ] && [ ! -L "$file" ]; then',
  `    name=$(printf %s "\${file#./}" | tr / _)`,
  `    tail -c "$3" -- "$file" > "${left}/$name" || :`,
  '  fi',
  'done',
].join('\n');

/** Beside the log, and named after it: `build-tree`. */
export function failureFolder(logFile: string): string {
  return `${logFile.replace(/\.log$/, '')}-tree`;
}

/**
 * Brings the files in which configure, CMake, Meson and automake wrote what they tried into `folder` (made when there are any), with the slashes of their
 * path as underscores. Returns their names. A build that hinders it is said, and is no other error: the build's own failure counts.
 */
export async function takeFailureFiles(machine: Machine, host: Host, tree: string, folder: string): Promise<readonly string[]> {
  try {
    await machine.run(['sh', '-c', script, 'sh', tree, String(most.files), String(most.bytes)], {
      user: buildUser,
      env: userEnvironment,
      timeout: 60_000,
    });
    await using temporary = await host.files.temporary('failure');
    await machine.copyOut(left, temporary.path);
    const found = (await readdir(temporary.path)).sort();
    if (found.length > 0) {
      await mkdir(folder, { recursive: true });
      await cp(temporary.path, folder, { recursive: true });
    }
    return found;
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    host.log.info(`the logs that the build left in its tree could not be saved: ${inertLine(error.message)}`);
    return [];
  }
}
