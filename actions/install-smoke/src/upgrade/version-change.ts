import { inertLine } from '@release-kit/action';
import type { PackagedPath, PackageSet } from '../package-manager.ts';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import { packagedUnits } from '../units/packaged-unit.ts';
import { configurationNow } from './changed-by-hand.ts';
import { type ChangedFile, judgeChanges, obsoleteConffiles } from './kept-changes.ts';
import {
  judgeDisabled,
  judgeDropped,
  judgeRestarts,
  notRestarted,
  parseRunningUnits,
  type RunningUnit,
  runningUnitsArgv,
} from './running-unit.ts';
import { judgeState, type StoredState } from './stored-state.ts';

const options = { allow: 'any', timeout: 60_000, env: { LC_ALL: 'C.UTF-8' } } as const;

/** What must outlive a change of the version. */
export interface Belongings {
  readonly changed: readonly ChangedFile[];
  readonly state: StoredState;
  /** Units that were disabled by hand just before. */
  readonly disabled: readonly string[];
}

/** A change from one version to another. */
export interface VersionChange {
  /** Completes "after …": `the upgrade`. */
  readonly name: string;
  readonly from: PackageSet;
  readonly to: PackageSet;
  readonly downgrade: boolean;
}

/** Installs the other version over this one, without asking anybody, and looks what became of everything that must stay. */
export async function changeVersion(
  session: Session,
  { name, from, to, downgrade }: VersionChange,
  belongings: Belongings,
): Promise<Finding & { readonly belongings: Belongings }> {
  const { run, manager } = session;
  const pathsBefore = await manager.pathsOf(run, from);
  const units = unitsOf(pathsBefore);
  const before = await runningUnits(session, units);
  const { warnings, kept: asked } = await manager.install(run, to, { downgrade, keepConfiguration: true });
  session.installed.restart();
  const pathsAfter = await manager.pathsOf(run, to);
  const now = await configurationNow(session, belongings.changed);
  const changes = judgeChanges(belongings.changed, now, name);
  const after = await runningUnits(session, units);
  const dropped = units.filter((unit) => !unitsOf(pathsAfter).includes(unit));
  const shipped = before.filter(({ unit }) => !dropped.includes(unit));
  const problems: Problem[] = [
    ...warnings,
    ...changes.problems,
    // On the way back the newer version's files are no longer known: nobody has planned for that.
    ...(downgrade ? [] : untold(session, obsoleteConffiles(conffilesOf(pathsBefore), conffilesOf(pathsAfter), now.digests))),
    ...judgeRestarts(shipped, after, await restartFacts(session, to, notRestarted(shipped, after)), name),
    ...(downgrade ? [] : judgeDropped(after, dropped, dropped.length === 0 ? [] : await enablingLinks(session), name)),
    ...judgeDisabled(belongings.disabled, after, name),
    ...judgeState(belongings.state, await stillThere(session, belongings.state), name),
  ];
  const questions = [...new Set([...asked.map(inertLine), ...changes.asked])].sort();
  return { problems, belongings: { ...belongings, changed: changes.kept }, note: noteOf(belongings, changes.kept, questions, problems) };
}

/** What stays behind in one upgrade does so in the next one. */
function untold({ steps }: Session, problems: readonly Problem[]): readonly Problem[] {
  const told = new Set(steps.problems.map(({ message }) => message));
  return problems.filter(({ message }) => !told.has(message));
}

function noteOf({ changed }: Belongings, kept: readonly ChangedFile[], asked: readonly string[], problems: readonly Problem[]): string {
  const files = (count: number): string => (count === 1 ? 'one configuration file' : `${count} configuration files`);
  const parts = [
    ...(problems.length === 0
      ? []
      : [problems.length === 1 ? (problems[0]?.message ?? '') : `${problems.length} things are not as they should be`]),
    ...(kept.length === 0 ? [] : [`${kept.length === changed.length ? '' : 'only '}${files(kept.length)} changed by hand kept`]),
    ...(asked.length === 0 ? [] : [`a person would have been asked about ${asked.join(', ')}`]),
  ];
  return parts.length === 0 ? 'done' : parts.join('; ');
}

/** Units of the system that can run as they are. */
export const unitsOf = (paths: readonly PackagedPath[]): readonly string[] =>
  packagedUnits(paths)
    .filter(({ manager, isTemplate }) => manager === 'system' && !isTemplate)
    .map(({ name }) => name);

const conffilesOf = (paths: readonly PackagedPath[]): readonly string[] =>
  paths.filter(({ isConfiguration }) => isConfiguration).map(({ path }) => path);

export async function runningUnits({ machine }: Session, units: readonly string[]): Promise<readonly RunningUnit[]> {
  if (units.length === 0) return [];
  return parseRunningUnits((await machine.run(runningUnitsArgv(units), options)).stdout, units);
}

/** Asked only when a unit was not restarted, which is seldom. */
async function restartFacts({ machine, run, manager }: Session, set: PackageSet, units: readonly RunningUnit[]) {
  if (units.length === 0) return { oldPrograms: new Set<string>(), deliberate: new Set<string>() };
  const script = 'for process; do readlink "/proc/$process/exe" || echo; done';
  const { stdout } = await machine.run(['/bin/sh', '-c', script, 'programs', ...units.map(({ mainPid }) => String(mainPid))], options);
  const programs = stdout.split('\n');
  const scripts = await manager.scriptsOf(run, set);
  return {
    oldPrograms: new Set(units.filter((_, index) => programs[index]?.endsWith(' (deleted)')).map(({ unit }) => unit)),
    deliberate: new Set(units.filter(({ unit }) => scripts.some(({ text }) => startsOnly(text, unit))).map(({ unit }) => unit)),
  };
}

/** Whether dh_installsystemd was told --no-stop-on-upgrade: its line of the script then starts the unit and never restarts it. */
export function startsOnly(script: string, unit: string): boolean {
  return script.split('\n').some((line) => {
    const words = line.trim().split(/\s+/);
    return words[0] === 'deb-systemd-invoke' && words[1] === 'start' && words.some((word) => word.replace(/^'|'$/g, '') === unit);
  });
}

async function enablingLinks({ machine }: Session): Promise<readonly string[]> {
  const { stdout } = await machine.run(['find', '/etc/systemd/system', '-type', 'l', '-print'], options);
  return stdout.split('\n').filter((line) => line !== '');
}

async function stillThere({ machine }: Session, { folders }: StoredState): Promise<ReadonlySet<string>> {
  if (folders.length === 0) return new Set();
  const { stdout } = await machine.run(['find', ...folders, '-print0'], options);
  return new Set(stdout.split('\0'));
}
