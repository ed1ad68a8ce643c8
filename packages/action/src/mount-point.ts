import { readFile, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from './errors.ts';
import { inertLine } from './inert.ts';

/** As this process sees them, absolute; spaces and the like are written as octal numbers (proc(5), mountinfo). */
export async function mountPoints(): Promise<readonly string[]> {
  const text = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '');
  return text
    .split('\n')
    .map((line) =>
      (line.split(' ')[4] ?? '').replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))),
    );
}

/** Throws E_PATH where something is mounted on a folder that is to be replaced as a whole, such as a volume of a container: that cannot be renamed. */
export async function refuseMountPoint(folder: string): Promise<void> {
  const real = await realpath(folder).catch(() => folder); // it need not be there
  if (!(await mountPoints()).includes(real)) return;
  throw new UserError('E_PATH', `${inertLine(basename(folder))} cannot be replaced as a whole: a disk or a volume is mounted there`, {
    place: { file: folder },
    cure: `Name a folder inside of it, such as ${inertLine(join(folder, 'release'))}.`,
  });
}
