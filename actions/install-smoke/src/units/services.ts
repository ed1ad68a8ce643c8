import { type Host, inertLine } from '@release-kit/action';
import type { BootedMachine } from '@release-kit/machine';
import type { Category } from '../category.ts';
import type { Exposure } from './exposure.ts';
import { initScriptAlone, isInitScriptAlone, judgeUnit, parseUnitStates, showArgv, type UnitState, type Verdict } from './unit-state.ts';

/** Milliseconds. */
const pollInterval = 250;
/** A unit counts as up after staying active this long: many programs die in their first second. */
const settleTime = 1200;

/** What came of one unit. */
export interface UnitResult {
  readonly unit: string;
  readonly outcome: 'up' | 'skipped' | 'down';
  /** Why it is not up, or a remark; one line, inert. */
  readonly remark?: string;
  /** Milliseconds from the first look until it was first seen active. */
  readonly after?: number;
  /** What a timer starts: it does its work and ends, whatever its Type= is. */
  readonly isJob?: true;
  /** Of a unit that is down. */
  readonly category?: Category;
  /** What its file says the fault is in. */
  readonly setting?: string;
  /** Of a service that could be judged. */
  readonly exposure?: Exposure;
  /** Addresses, such as `127.0.0.1:8080/tcp`; inert. */
  readonly listens?: readonly string[];
}

/**
 * Waits until each unit is up and stays so, has failed, or the time is over: all of them at once. Units that nobody started are started;
 * `afterStart` says what of those that the packages start by another unit, such as a socket; `jobs` are those that may end when they are done.
 */
export async function waitForUnits(
  host: Host,
  machine: BootedMachine,
  units: readonly string[],
  timeout: number,
  afterStart: (unit: string) => string = () => 'installing did not start it, so it was started now',
  jobs: ReadonlySet<string> = new Set(),
): Promise<readonly UnitResult[]> {
  const begin = host.clock.now();
  const results = new Map<string, UnitResult>();
  const seen = new Map<string, Sighting>();
  const started = new Set<string>();
  while (results.size < units.length) {
    const open = units.filter((unit) => !results.has(unit));
    const idle: string[] = [];
    for (const found of await unitStates(machine, open)) {
      const state = jobs.has(found.unit) ? asJob(found) : found;
      const now = host.clock.now();
      const verdict = judgeUnit(state);
      if (verdict.kind === 'idle') {
        if (started.has(state.unit)) results.set(state.unit, idleAfterStart(state));
        else idle.push(state.unit);
        continue;
      }
      const sighting = sightingOf(seen.get(state.unit), state, verdict, now);
      seen.set(state.unit, sighting);
      const result = settle(state, verdict, sighting, { now, begin, timeout });
      const isOurs = started.has(state.unit) && result?.outcome === 'up';
      if (result !== undefined) results.set(state.unit, isOurs ? { ...result, remark: afterStart(state.unit) } : result);
    }
    for (const unit of idle) started.add(unit);
    // Without waiting: one that never gets ready must not keep the others from being looked at.
    if (idle.length > 0) await machine.run(['systemctl', 'start', '--no-block', '--', ...idle], { allow: 'any', timeout: 60_000 });
    const left = units.filter((unit) => !results.has(unit));
    host.progress.update(`waiting for ${left.map(inertLine).join(', ') || 'nothing more'}`);
    if (left.length > 0)
      await host.clock.sleep(
        untilNextLook(
          left.map((unit) => seen.get(unit)?.upSince),
          host.clock.now(),
        ),
      );
  }
  return units
    .map((unit) => results.get(unit))
    .filter((result) => result !== undefined)
    .map((result) => (jobs.has(result.unit) ? { ...result, isJob: true } : result));
}

/** A service of a timer is a one-shot, though many authors do not say so: systemd calls it done when its program ends well. */
export function asJob(state: UnitState): UnitState {
  return { ...state, type: 'oneshot' };
}

/** Milliseconds until it is worth looking again: the usual time, or less when all units that are waited for settle earlier. */
export function untilNextLook(upSince: readonly (number | undefined)[], now: number): number {
  const settled = Math.max(...upSince.map((since) => (since ?? now) + settleTime));
  return Math.min(pollInterval, Math.max(0, settled - now));
}

/** systemd forgets a unit that ended and that nothing refers to: a one-shot was then done, anything else should still run. */
export function idleAfterStart({ unit, type }: UnitState): UnitResult {
  if (type === 'oneshot') return { unit, outcome: 'up', remark: 'ran to its end when it was started' };
  return { unit, outcome: 'down', category: 'unit-dies', remark: 'ended by itself as soon as it was started' };
}

/** Since when a unit has been up with the same main process. */
export interface Sighting {
  readonly upSince: number | undefined;
  readonly pid: number;
  /** Whether it had a process since it is up. */
  readonly ran: boolean;
}

export function sightingOf(before: Sighting | undefined, state: UnitState, verdict: Verdict, now: number): Sighting {
  if (verdict.kind !== 'up') return { upSince: undefined, pid: 0, ran: false };
  const same = before?.upSince !== undefined && before.pid === state.mainPid;
  return { upSince: same ? before.upSince : now, pid: state.mainPid, ran: state.sub === 'running' || (same && before.ran) };
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
    case 'down': {
      const { why, category, setting } = verdict;
      return { unit, outcome: 'down', remark: why, category, ...(setting === undefined ? {} : { setting }) };
    }
    case 'skipped':
      return { unit, outcome: 'skipped', remark: verdict.why };
    case 'up': {
      if (sighting.ran && isInitScriptAlone(state)) return { unit, outcome: 'down', category: 'unit-dies', remark: initScriptAlone };
      const since = sighting.upSince ?? time.now;
      const remark = isInitScriptAlone(state) ? { remark: 'its init script ended well, and left no process' } : {};
      return time.now - since >= settleTime ? { unit, outcome: 'up', after: since - time.begin, ...remark } : undefined;
    }
    case 'waiting':
      return late ? { unit, outcome: 'down', category: 'unit-slow', remark: inertLine(verdict.why) } : undefined;
  }
}

/** Units that still run; asked after the packages were removed. */
export async function stillActive(machine: BootedMachine, units: readonly string[]): Promise<readonly string[]> {
  return (await unitStates(machine, units))
    .filter((state) => state.active === 'active' && state.sub !== 'exited')
    .map((state) => state.unit);
}

/** What systemd says of these units now, in their order. */
export async function unitStates(machine: BootedMachine, units: readonly string[]): Promise<readonly UnitState[]> {
  if (units.length === 0) return [];
  const { stdout } = await machine.run(showArgv(units), { allow: 'any', timeout: 60_000 });
  return parseUnitStates(stdout, units);
}
