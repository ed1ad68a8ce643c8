import { inertLine } from '@release-kit/action';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import { unitStates } from '../units/services.ts';

/** What others have in a machine: their units that run, and packages with their versions. */
export interface Others {
  readonly units: readonly string[];
  readonly packages: readonly string[];
}

const listArgv = [
  'systemctl',
  'list-units',
  '--plain',
  '--no-legend',
  '--no-pager',
  '--state=active',
  '--type=service,socket,timer',
] as const;

/** Before our packages are installed. */
export async function readOthers(session: Session): Promise<Others> {
  const { stdout } = await session.machine.run(listArgv, { allow: 'any', timeout: 60_000 });
  return { units: parseUnitList(stdout), packages: await installedPackages(session) };
}

async function installedPackages({ manager, run }: Session): Promise<readonly string[]> {
  return (await manager.records(run)).filter(({ kind }) => kind === 'package').map(({ text }) => text);
}

/** First words of lines; units of our own commands come and go, and those of the system that end by themselves. */
export function parseUnitList(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim().split(/\s+/)[0] ?? '')
    .filter((unit) => /^[^/]+\.(?:service|socket|timer)$/.test(unit) && !unit.startsWith('release-kit-') && !unit.startsWith('run-'));
}

/** Whether everything of others is as it was. `when` completes "after …". */
export async function checkOthers(session: Session, before: Others, when: string): Promise<Finding> {
  const now = new Set(await installedPackages(session));
  const gone = before.packages.filter((name) => !now.has(name));
  const stopped = (await unitStates(session.machine, before.units))
    .filter(({ active, type }) => active !== 'active' && active !== 'reloading' && active !== 'activating' && type !== 'oneshot')
    .map(({ unit }) => unit);
  const problem = (message: string): Problem => ({ category: 'disturbs-others', message: inertLine(`after ${when}, ${message}`) });
  const problems = [
    ...gone.map((name) => problem(`the package ${name} is no longer installed`)),
    ...stopped.map((unit): Problem => ({ ...problem(`${unit} of another package no longer runs`), subject: { kind: 'unit', unit } })),
  ];
  return {
    problems,
    note: problems[0]?.message ?? `${before.units.length} units and ${before.packages.length} packages of others as they were`,
  };
}
