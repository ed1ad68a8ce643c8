import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inertText } from '@release-kit/action';
import type { MachineRun } from '../package-manager.ts';

/** Programs whose output is kept: what the package manager and the maintainer scripts said. */
const kept: ReadonlySet<string> = new Set(['apt-get', 'dpkg']);
/** Characters of each output; the end of a script that prints without an end says as much as all of it. */
const most = 1024 * 1024;

/** Keeps what package managers print in `packages.log` of the folder; undefined: nothing is kept. */
export function keepOutput(run: MachineRun, folder: string | undefined): MachineRun {
  if (folder === undefined) return run;
  return async (argv, options) => {
    const result = await run(argv, options);
    if (kept.has(argv[0])) {
      await mkdir(folder, { recursive: true });
      const text = `${result.stdout}${result.stderr}`.slice(-most);
      await appendFile(join(folder, 'packages.log'), `$ ${inertText(argv.join(' '))}\n${text}\nended with ${result.exitCode}\n\n`);
    }
    return result;
  };
}

const options = { allow: 'any', timeout: 60_000, env: { LC_ALL: 'C.UTF-8' } } as const;
/** Lines: a service that writes without an end has written enough. */
const mostLines = '20000';

/** Writes the journal of the machine and the state of its units into the folder; asked when something failed, before the machine goes. */
export async function keepJournal(run: MachineRun, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const journal = await run(
    ['journalctl', '--no-pager', '--no-hostname', '--boot', '--output=short-precise', `--lines=${mostLines}`],
    options,
  );
  await writeFile(join(folder, 'journal.log'), journal.stdout);
  const script =
    'systemctl --no-pager --full --all list-units; systemctl --no-pager --full status; systemctl --no-pager --full --failed --lines=50 status "*"';
  const status = await run(['sh', '-c', script], options);
  await writeFile(join(folder, 'units.log'), `${status.stdout}${status.stderr}`.slice(0, most));
}

/** `debian:12/amd64` and `beside nginx` as names of folders. */
export function logFolder(root: string, target: string, track: string): string {
  return join(root, slug(target), slug(track));
}

const slug = (text: string): string => text.replace(/[^A-Za-z0-9.+~]+/g, '-').replace(/^[.-]+|-+$/g, '') || 'other';

/** Writes a file and the folders above it. */
export async function writeLog(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
