import { inertLine } from '@release-kit/action';
import { beginRest, measureRest } from '../figures/figures-step.ts';
import { addedBytes } from '../files/disk-use.ts';
import { type Snapshot, takeSnapshot } from '../files/snapshot.ts';
import { checkAnswers, checkCommands, checkHealthy, hasChecks } from '../health/answers-step.ts';
import type { PackageSet } from '../package-manager.ts';
import { type Problem, ProblemError } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import { purgeAndLook } from '../tracks/life-cycle.ts';
import { installFirst } from '../tracks/service-steps.ts';
import { nothingSeen, type Seen, type Track } from '../tracks/track.ts';
import { checkUpAgain, unitsToRun } from '../tracks/units-again.ts';
import type { UnitResult } from '../units/services.ts';
import { checkUnits } from '../units/units-step.ts';
import { changeByHand, configurationFiles } from './changed-by-hand.ts';
import { versionsText } from './previous-set.ts';
import { brokenBy, changeFailed, forgiven, stageSteps } from './stage.ts';
import { storedState } from './stored-state.ts';
import { type Belongings, changeVersion, runningUnits, unitsOf } from './version-change.ts';

/** From the previous release to this one, back, and forward again, with configuration that was changed by hand. */
export function upgradeTrack(packages: PackageSet, previous: PackageSet): Track {
  return {
    name: 'upgrade',
    sets: [previous, packages],
    wishes: { recommends: false, beside: [] },
    steps: (session) => upgrade(session, previous),
  };
}

async function upgrade(session: Session, previous: PackageSet): Promise<Seen> {
  const { steps, packages, measurePrevious } = session;
  const before = await takeSnapshot(session);
  const old = { ...session, packages: previous, measure: measurePrevious };
  if ((await steps.run('install previous', () => installFirst(old))) === undefined) return nothingSeen;
  const first = await serving(old, before, 'previous', forgiven);
  const rest = await beginRest(old, first.units);
  const changed = await steps.run('change by hand', () => prepareBelongings(old, before));
  if (changed === undefined) return nothingSeen;
  await steps.run('figures (previous)', () => measureRest(old, rest));

  // The figures of this release are those of its first installation.
  const [now, then] = [unmeasured(session), unmeasured(old)];
  const [up, back, again] = ['the upgrade', 'the roll back', 'the second upgrade'] as const;
  const upgraded = await change(now, 'upgrade', { name: up, from: previous, to: packages, downgrade: false }, changed.belongings);
  if (upgraded === undefined) return nothingSeen;
  const { units } = await serving(now, before, 'upgraded', brokenBy(up, []));

  const rolled = await change(now, 'roll back', { name: back, from: packages, to: previous, downgrade: true }, upgraded.belongings);
  if (rolled === undefined) return { units, leftovers: await purgeAndLook(now, before) };
  await serving(then, before, 'rolled back', brokenBy(back, first.problems));

  // Once everything else has been seen: a unit that is disabled would not be started again.
  const belongings = { ...rolled.belongings, disabled: await disable(then) };
  const forward = await change(now, 'forward again', { name: again, from: previous, to: packages, downgrade: false }, belongings);
  if (forward !== undefined) {
    await enable(now, belongings.disabled);
    await stageSteps(steps, 'forward again', brokenBy(again, [])).run('services', () => servingAgain(now, units, again));
  }
  return { units, leftovers: await purgeAndLook(now, before) };
}

const unmeasured = (session: Session): Session => ({ ...session, measure: () => ({}) });

/** That they stay up was seen after the first upgrade. */
async function servingAgain(session: Session, units: readonly UnitResult[], when: string): Promise<Finding> {
  const names = unitsToRun(units);
  const down = await checkUpAgain(session, names, when);
  const problems = down.length > 0 ? down : await checkHealthy(session, units);
  const good = names.length === 0 ? 'no unit has to run' : `${names.map(inertLine).join(', ')} up again`;
  return { problems, note: problems[0]?.message ?? good };
}

/** The steps of a version change; what ends it is a problem of the upgrade. */
function change(session: Session, step: string, to: Parameters<typeof changeVersion>[1], belongings: Belongings) {
  const category = to.downgrade ? 'downgrade-failed' : 'upgrade-failed';
  const what = `${to.name} from ${versionsText(to.from)} to ${versionsText(to.to)}`;
  const renamed = changeFailed(category, inertLine(what));
  return session.steps.run(step, async () => {
    try {
      return await changeVersion(session, to, belongings);
    } catch (error) {
      throw error instanceof ProblemError ? new ProblemError(renamed(error.problem), error) : error;
    }
  });
}

interface Serving {
  readonly units: readonly UnitResult[];
  readonly problems: readonly Problem[];
}

/** Whether the services do their work, at this point of the track. */
async function serving(session: Session, before: Snapshot, stage: string, judge: (problem: Problem) => Problem): Promise<Serving> {
  const begin = session.steps.problems.length;
  const steps = stageSteps(session.steps, stage, judge);
  const services = await steps.run('services', () => checkUnits(session, before));
  const units = services?.units ?? [];
  if (hasChecks(session.config)) await steps.run('health checks', () => checkAnswers(session, units));
  if (session.config.smoke.commands.length > 0) await steps.run('commands', () => checkCommands(session));
  return { units, problems: session.steps.problems.slice(begin) };
}

/** What an administrator and the program have put on the system by now. */
async function prepareBelongings(session: Session, before: Snapshot) {
  const after = await takeSnapshot(session);
  session.measure({ disk: addedBytes(before, after, session.manager.ownFiles) });
  const paths = await session.manager.pathsOf(session.run, session.packages);
  const { changed, left } = await changeByHand(session, configurationFiles(paths, before, after));
  const state = storedState(before.entries, after.entries, (path) => after.entries.get(path)?.type === 'd');
  const parts = [
    changed.length === 0 ? 'no configuration file to change' : `changed ${changed.map(({ path }) => inertLine(path)).join(', ')}`,
    ...left.map((line) => `left ${line}`),
    ...(state.folders.length === 0 ? [] : [`state in ${state.folders.map(inertLine).join(', ')}`]),
  ];
  const belongings: Belongings = { changed, state, disabled: [] };
  return { belongings, note: parts.join('; ') };
}

/** Disables all units that are enabled, as an administrator would; they keep running. */
async function disable(session: Session): Promise<readonly string[]> {
  const units = await runningUnits(session, unitsOf(await session.manager.pathsOf(session.run, session.packages)));
  const enabled = units.filter(({ file }) => file === 'enabled').map(({ unit }) => unit);
  if (enabled.length > 0)
    await session.machine.run(['systemctl', 'disable', '--quiet', '--', ...enabled], { allow: 'any', timeout: 60_000 });
  return enabled;
}

async function enable(session: Session, units: readonly string[]): Promise<void> {
  const there = (await runningUnits(session, units)).filter(({ load }) => load === 'loaded').map(({ unit }) => unit);
  if (there.length === 0) return;
  // A package may leave a disabled unit stopped.
  await session.machine.run(['systemctl', 'enable', '--quiet', '--now', '--', ...there], { allow: 'any', timeout: session.timeout });
}
