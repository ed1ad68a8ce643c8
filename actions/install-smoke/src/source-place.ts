import { readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type Place, UserError } from '@release-kit/action';
import { parseControl } from '@release-kit/debian';
import type { Subject } from './problem.ts';

/** Files of debian/ that a subject may come from, best guess first; debhelper(7) gives the names. */
export function candidatesOf(subject: Subject, packages: readonly string[]): readonly string[] {
  const [first] = packages;
  if (subject.kind === 'script')
    return [`debian/${subject.package}.${subject.name}`, ...(subject.package === first ? [`debian/${subject.name}`] : [])];
  const kind = subject.unit.slice(subject.unit.lastIndexOf('.') + 1);
  return [
    ...packages.flatMap((name) => [`debian/${name}.${subject.unit}`, `debian/${name}.${kind}`]),
    `debian/${subject.unit}`,
    `debian/${kind}`,
  ];
}

/**
 * The place of a subject in the source tree, relative to the workspace; undefined when it is not found or not inside.
 * A unit's line is that of the setting at fault, else of its section.
 */
export async function placeOf(subject: Subject, sourceRoot: string, workspace: string): Promise<Place | undefined> {
  const root = await realpath(sourceRoot);
  for (const candidate of candidatesOf(subject, await packagesOf(root))) {
    const text = await readInside(root, candidate);
    if (text === undefined) continue;
    const file = relative(await realpath(workspace), join(root, candidate));
    if (file === '..' || file.startsWith(`..${sep}`)) return undefined;
    return { file, line: subject.kind === 'unit' ? lineOf(text, subject.setting) : 1 };
  }
  return undefined;
}

function lineOf(text: string, setting: string | undefined): number {
  const lines = text.split('\n');
  const wanted = lines.findIndex((line) => setting !== undefined && line.trimStart().startsWith(`${setting}=`));
  const start = lines.findIndex((line) => line.trimStart().startsWith('ExecStart='));
  return Math.max(1, (wanted >= 0 ? wanted : start) + 1);
}

/** Names of the binary packages, in the order of debian/control; none when it cannot be read, as places are only a help. */
async function packagesOf(root: string): Promise<readonly string[]> {
  const text = await readInside(root, 'debian/control');
  if (text === undefined) return [];
  try {
    return parseControl(text, 'debian/control').binaries.map((paragraph) => paragraph.get('Package') ?? '');
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

const largest = 1024 * 1024;

/** The text of a regular file that is inside the root even when links are followed. */
async function readInside(root: string, path: string): Promise<string | undefined> {
  if (path.split('/').length !== 2 || path.includes('\0')) return undefined;
  try {
    const real = await realpath(join(root, path));
    if (!real.startsWith(`${root}${sep}`)) return undefined;
    const facts = await stat(real);
    return facts.isFile() && facts.size <= largest ? await readFile(real, 'utf8') : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES', 'ENAMETOOLONG'].includes(String(error.code)))
      return undefined;
    throw error;
  }
}
