import { type Host, inertLine } from '@release-kit/action';
import type { BootedMachine } from '@release-kit/machine';
import type { Problem } from '../problem.ts';
import { judgeUnit, parseUnitStates, showArgv, type UnitState, type Verdict } from './unit-state.ts';

/** Milliseconds. */
const pollInterval = 250;
/** A unit counts as up after staying active this long: many programs die in their first second. */
const settleTime = 1500;

/** What came of one unit. */
export interface UnitResult {
  readonly unit: string;
  readonly outcome: 'up' | 'skipped' | 'down';
  /** Why it is not up, or a remark; one line, inert. */
  readonly remark?: string;
  /** Milliseconds from the first look until it was first seen active. */
  readonly after?: number;
}

/** Units among installed paths that systemd starts by themselves; templates cannot be started without an instance. */
export function unitsIn(paths: readonly string[]): readonly string[] {
  const units = paths.map((path) => /^(?:\/usr)?\/lib\/systemd\/system\/([^/@]+\.(?:service|socket|timer|path))$/.exec(path)?.[1]);
  return [...new Set(units.filter((unit) => unit !== undefined))].sort();
}

/** The units of the installed packages that are enabled, and the ones that the configuration names. */
export async function unitsToCheck(
  machine: BootedMachine,
  packages: readonly string[],
  named: readonly string[],
): Promise<readonly string[]> {
  const { stdout } = await machine.run(['dpkg-query', '--listfiles', ...packages]);
  const shipped = unitsIn(stdout.split('\n'));
  if (shipped.length === 0) return [...new Set(named)];
  const states = await unitStates(machine, shipped);
  const enabled = states.filter((state) => state.file === 'enabled' || state.file === 'enabled-runtime').map((state) => state.unit);
  return [...new Set([...enabled, ...named])];
}

/** Waits until each unit is up and stays so, has failed, or the time is over. Units that nobody started are started. */
export async function waitForUnits(
  host: Host,
  machine: BootedMachine,
  units: readonly string[],
  timeout: number,
): Promise<readonly UnitResult[]> {
  const begin = host.clock.now();
  const results = new Map<string, UnitResult>();
  const seen = new Map<string, Sighting>();
  const started = new Set<string>();
  while (results.size < units.length) {
    const open = units.filter((unit) => !results.has(unit));
    for (const state of await unitStates(machine, open)) {
      const now = host.clock.now();
      const verdict = judgeUnit(state);
      if (verdict.kind === 'idle' && !started.has(state.unit)) {
        started.add(state.unit);
        await machine.run(['systemctl', 'start', '--', state.unit], { allow: 'any', timeout });
        continue;
      }
      if (verdict.kind === 'idle') {
        results.set(state.unit, idleAfterStart(state));
        continue;
      }
      const sighting = sightingOf(seen.get(state.unit), state, verdict, now);
      seen.set(state.unit, sighting);
      const result = settle(state, verdict, sighting, { now, begin, timeout });
      if (result !== undefined)
        results.set(
          state.unit,
          started.has(state.unit) && result.outcome === 'up'
            ? { ...result, remark: 'installing did not start it, so it was started now' }
            : result,
        );
    }
    host.progress.update(
      `waiting for ${
        units
          .filter((unit) => !results.has(unit))
          .map(inertLine)
          .join(', ') || 'nothing more'
      }`,
    );
    if (results.size < units.length) await host.clock.sleep(pollInterval);
  }
  return units.map((unit) => results.get(unit)).filter((result) => result !== undefined);
}

/** systemd forgets a unit that ended and that nothing refers to: a one-shot was then done, anything else should still run. */
export function idleAfterStart({ unit, type }: UnitState): UnitResult {
  if (type === 'oneshot') return { unit, outcome: 'up', remark: 'ran to its end when it was started' };
  return { unit, outcome: 'down', remark: 'ended by itself as soon as it was started' };
}

/** Since when a unit has been up with the same main process. */
export interface Sighting {
  readonly upSince: number | undefined;
  readonly pid: number;
}

export function sightingOf(before: Sighting | undefined, state: UnitState, verdict: Verdict, now: number): Sighting {
  if (verdict.kind !== 'up') return { upSince: undefined, pid: 0 };
  const same = before?.upSince !== undefined && before.pid === state.mainPid;
  return { upSince: same ? before.upSince : now, pid: state.mainPid };
}

/** The end of waiting for one unit; undefined while it is open. */
export function settle(
  state: UnitState,
  verdict: Exclude<Verdict, { kind: 'idle' }>,
  sighting: Sighting,
  time: { now: number; begin: number; timeout: number },
): UnitResult | undefined {
  const { unit } = state;
  const late = time.now - time.begin > time.timeout;
  switch (verdict.kind) {
    case 'down':
      return { unit, outcome: 'down', remark: verdict.why };
    case 'skipped':
      return { unit, outcome: 'skipped', remark: verdict.why };
    case 'up': {
      const since = sighting.upSince ?? time.now;
      return time.now - since >= settleTime ? { unit, outcome: 'up', after: since - time.begin } : undefined;
    }
    case 'waiting':
      return late ? { unit, outcome: 'down', remark: inertLine(verdict.why) } : undefined;
  }
}

/** The problem of a unit that is down, with the end of its journal. */
export async function unitProblem(machine: BootedMachine, result: UnitResult): Promise<Problem> {
  const journal = await machine.run(['journalctl', '--no-pager', '--no-hostname', '--quiet', '--lines=30', `--unit=${result.unit}`], {
    allow: 'any',
    timeout: 30_000,
  });
  const setting = /\((\w+)=/.exec(result.remark ?? '')?.[1];
  return {
    category: 'unit-failed',
    message: `${inertLine(result.unit)} ${result.remark ?? 'is not active'}`,
    evidence: journal.stdout.trim() === '' ? 'The journal of the unit is empty.' : journal.stdout.trimEnd(),
    subject: { kind: 'unit', unit: result.unit, ...(setting === undefined ? {} : { setting }) },
  };
}

/** Units that still run; asked after the packages were removed. */
export async function stillActive(machine: BootedMachine, units: readonly string[]): Promise<readonly string[]> {
  if (units.length === 0) return [];
  return (await unitStates(machine, units))
    .filter((state) => state.active === 'active' && state.sub !== 'exited')
    .map((state) => state.unit);
}

async function unitStates(machine: BootedMachine, units: readonly string[]): Promise<readonly UnitState[]> {
  const { stdout } = await machine.run(showArgv(units), { allow: 'any', timeout: 60_000 });
  return parseUnitStates(stdout, units);
}
