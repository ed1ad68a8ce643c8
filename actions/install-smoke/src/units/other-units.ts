import { inertLine } from '@release-kit/action';
import type { Snapshot } from '../files/snapshot.ts';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { PackagedUnit } from './packaged-unit.ts';
import { journalOf } from './unit-journal.ts';

/**
 * Units that have failed since the packages were installed, besides those that were tried: instances of their templates, and units of
 * others, which the packages may have broken. In an emulated machine some units fail at each boot: those have failed before.
 */
export async function failedOthers(
  { machine, run }: Session,
  packaged: readonly PackagedUnit[],
  before: Snapshot,
  tried: readonly string[],
): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const unit of await listUnits(machine, '--failed')) {
    if (before.units.has(unit) || tried.includes(unit)) continue;
    const own = packaged.some(({ name }) => name === unit || name === unit.replace(/@.*(?=\.[a-z]+$)/s, '@'));
    problems.push({
      category: 'unit-failed',
      message: own ? `${inertLine(unit)} failed` : `${inertLine(unit)}, which is not of the packages, failed after they were installed`,
      evidence: await journalOf(run, unit),
      subject: { kind: 'unit', unit },
      ...(own
        ? {}
        : { level: 'warning', cure: 'Look at its journal: what the packages changed may have broken it, or the missing network.' }),
    });
  }
  return problems;
}

/** Names of the units that systemd has loaded, or of those that `flags` choose. */
export async function listUnits(machine: Session['machine'], ...flags: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await machine.run(['systemctl', 'list-units', ...flags, '--all', '--plain', '--no-legend', '--no-pager', '--full'], {
    allow: 'any',
    timeout: 60_000,
  });
  return parseUnitList(stdout);
}

/** Names of the units that systemctl(1) lists, without the transient ones that run our own commands. */
export function parseUnitList(text: string): readonly string[] {
  const names = text.split('\n').map((line) => /^\s*(?:\S\s)?([A-Za-z0-9:_.\\@-]+\.[a-z]+)\s/.exec(line)?.[1]);
  return names.filter((name) => name !== undefined && !/^release-kit-\d+\.service$/.test(name)).filter((name) => name !== undefined);
}
