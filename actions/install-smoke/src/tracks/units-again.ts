import { inertLine } from '@release-kit/action';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import { type UnitResult, unitStates } from '../units/services.ts';
import { journalOf } from '../units/unit-journal.ts';
import { judgeUnit, type UnitState } from '../units/unit-state.ts';

/** Milliseconds. */
const pollInterval = 250;
/** That they stay up was seen after the first start; here a second look is enough. */
const looks = 2;
/** Milliseconds between these two; asking takes some more. */
const betweenLooks = 100;
/** Milliseconds in which a unit that is stopped may be started again. */
const grace = 2000;

/** The units that ran because the packages are installed: they must run again after anything that is done to the packages. */
export function unitsToRun(units: readonly UnitResult[]): readonly string[] {
  return units.filter(({ outcome, remark }) => outcome === 'up' && remark === undefined).map(({ unit }) => unit);
}

/** Waits until all units are up again, or have failed, or the time is over. `when` completes "after …". */
export async function checkUpAgain(session: Session, units: readonly string[], when: string): Promise<readonly Problem[]> {
  const { host, machine, timeout } = session;
  const begin = host.clock.now();
  const counts = new Map<string, Looks>();
  for (let open = units; open.length > 0; ) {
    const states = await unitStates(machine, open);
    const waited = host.clock.now() - begin;
    const faults = states.flatMap((state) => faultOf(state, when, { isLate: waited > timeout, isLeft: waited > grace }));
    if (faults.length > 0) return await withJournals(session, faults);
    for (const state of states) counts.set(state.unit, countUp(counts.get(state.unit), state));
    open = open.filter((unit) => (counts.get(unit)?.looks ?? 0) < looks);
    const isSeen = open.every((unit) => (counts.get(unit)?.looks ?? 0) > 0);
    if (open.length > 0) await host.clock.sleep(isSeen ? betweenLooks : pollInterval);
  }
  return [];
}

/** How often in a row a unit was seen up with the same main process. */
interface Looks {
  readonly looks: number;
  readonly pid: number;
}

function countUp(before: Looks | undefined, state: UnitState): Looks {
  const isDone = state.active === 'inactive' && state.type === 'oneshot';
  const { kind } = judgeUnit(state);
  if (kind !== 'up' && kind !== 'skipped' && !isDone) return { looks: 0, pid: 0 };
  return { looks: before?.pid === state.mainPid ? before.looks + 1 : 1, pid: state.mainPid };
}

/** A problem of a unit. */
export interface UnitProblem extends Problem {
  readonly unit: string;
}

/** What is wrong with a unit that ran before; none while it may still get up. `isLate`: for starting; `isLeft`: for being started. */
export function faultOf(state: UnitState, when: string, time: { isLate: boolean; isLeft: boolean }): readonly UnitProblem[] {
  const { unit, type } = state;
  const fault = (category: Problem['category'], why: string, setting?: string): readonly UnitProblem[] => [
    {
      category,
      message: inertLine(`after ${when}, ${unit} ${why}`),
      subject: { kind: 'unit', unit, ...(setting === undefined ? {} : { setting }) } as const,
      unit,
    },
  ];
  const stopped = state.load === 'loaded' && state.active === 'inactive' && state.result === 'success' && state.condition && !state.queued;
  // systemd forgets a one-shot that is done.
  if (stopped && type === 'oneshot') return [];
  if (stopped) return time.isLeft ? fault('unit-policy', 'does not run, though it did before') : [];
  const verdict = judgeUnit(state);
  if (verdict.kind === 'down') return fault(verdict.category, verdict.why, verdict.setting);
  return verdict.kind === 'waiting' && time.isLate ? fault('unit-slow', verdict.why) : [];
}

async function withJournals(session: Session, faults: readonly UnitProblem[]): Promise<readonly Problem[]> {
  const problems: Problem[] = [];
  for (const { unit, ...problem } of faults) problems.push({ ...problem, evidence: await journalOf(session.run, unit) });
  return problems;
}
