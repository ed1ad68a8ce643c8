import { constants, open } from 'node:fs/promises';
import { join } from 'node:path';
import { inertText, innerFolder, storing, writeWhole } from '@release-kit/action';
import type { MachineRun } from '../package-manager.ts';

/** Programs whose output is kept: what the package manager and the maintainer scripts said. */
const kept: ReadonlySet<string> = new Set(['apt-get', 'dpkg']);
/** Characters of each output; the end of a script that prints without an end says as much as all of it. */
const most = 1024 * 1024;

// Never through a link, which somebody else put there.
const appended = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW;

/** Keeps what package managers print in `packages.log` of a track's folder; undefined: nothing is kept. */
export function keepOutput(run: MachineRun, folder: string | undefined): MachineRun {
  if (folder === undefined) return run;
  return async (argv, options) => {
    const result = await run(argv, options);
    if (kept.has(argv[0])) {
      const text = `${result.stdout}${result.stderr}`.slice(-most);
      const path = join(folder, 'packages.log');
      await storing(path, async () => {
        await using file = await open(path, appended, 0o644);
        await file.writeFile(`$ ${inertText(argv.join(' '))}\n${text}\nended with ${result.exitCode}\n\n`);
      });
    }
    return result;
  };
}

const options = { allow: 'any', timeout: 60_000, env: { LC_ALL: 'C.UTF-8' } } as const;
/** Lines: a service that writes without an end has written enough. */
const mostLines = '20000';

/** Writes the journal of the machine and the state of its units into a track's folder; asked when something failed, before the machine goes. */
export async function keepJournal(run: MachineRun, folder: string): Promise<void> {
  const journal = await run(
    ['journalctl', '--no-pager', '--no-hostname', '--boot', '--output=short-precise', `--lines=${mostLines}`],
    options,
  );
  await writeWhole(join(folder, 'journal.log'), journal.stdout);
  const script =
    'systemctl --no-pager --full --all list-units; systemctl --no-pager --full status; systemctl --no-pager --full --failed --lines=50 status "*"';
  const status = await run(['sh', '-c', script], options);
  await writeWhole(join(folder, 'units.log'), `${status.stdout}${status.stderr}`.slice(0, most));
}

/** Makes the folder of a track: `debian:12/amd64` and `beside nginx` are names of folders below `root`. Errors as of `innerFolder`. */
export function logFolder(root: string, target: string, track: string): Promise<string> {
  return innerFolder(root, slug(target), slug(track));
}

const slug = (text: string): string => text.replace(/[^A-Za-z0-9.+~]+/g, '-').replace(/^[.-]+|-+$/g, '') || 'other';
