import { inertLine } from '@release-kit/action';
import type { FileCheck } from '@release-kit/config';
import type { BootedMachine } from '@release-kit/machine';
import type { Problem } from '../problem.ts';

/** What stat says of a path. */
export interface FileFacts {
  /** Four octal digits. */
  readonly mode: string;
  readonly owner: string;
  readonly group: string;
}

/** Reads `640 root hello`, as printed by `stat --format='%a %U %G'`; undefined for anything else. */
export function parseStat(text: string): FileFacts | undefined {
  const match = /^([0-7]{1,4}) (\S+) (\S+)\n?$/.exec(text);
  if (match === null) return undefined;
  const [, mode = '', owner = '', group = ''] = match;
  return { mode: mode.padStart(4, '0'), owner, group };
}

/** How a file differs from what is listed: one phrase each, none when it is as listed. */
export function differences(check: FileCheck, facts: FileFacts): readonly string[] {
  const compare = (what: string, wanted: string | undefined, found: string): string[] =>
    wanted === undefined || wanted === found ? [] : [`${what} is ${inertLine(found)}, not ${inertLine(wanted)}`];
  return [
    ...compare('mode', check.mode, facts.mode),
    ...compare('owner', check.owner, facts.owner),
    ...compare('group', check.group, facts.group),
  ];
}

/** Compares one installed file with the list; undefined is good. A symbolic link is looked through, as its users do. */
export async function checkFile(machine: BootedMachine, check: FileCheck): Promise<Problem | undefined> {
  const { exitCode, stdout, stderr } = await machine.run(['stat', '--dereference', '--format=%a %U %G', '--', check.path], {
    allow: 'any',
    timeout: 30_000,
    env: { LC_ALL: 'C.UTF-8' },
  });
  const path = inertLine(check.path);
  const facts = exitCode === 0 ? parseStat(stdout) : undefined;
  if (facts === undefined) {
    const isMissing = /: No such file or directory\n?$/.test(stderr);
    const why = isMissing ? 'is missing' : `cannot be looked at: ${inertLine(stderr.trim() || `exit code ${exitCode}`)}`;
    return { category: 'wrong-file', message: `${path} ${why}` };
  }
  const found = differences(check, facts);
  return found.length === 0 ? undefined : { category: 'wrong-file', message: `${path}: ${found.join(', ')}` };
}
