import { inertLine } from '@release-kit/action';
import type { Problem } from '../problem.ts';
import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import { asJob, type UnitResult, unitStates } from './services.ts';
import { journalOf } from './unit-journal.ts';
import { initScriptAlone, isInitScriptAlone, judgeUnit, type UnitState } from './unit-state.ts';

/** Milliseconds since the installation. Programs that die of what they find at their first work do so in their first seconds. */
const trial = 2500;

/** The units that were up are so still, after everything that was asked of them. */
export async function checkStillUp({ host, machine, run, installed }: Session, units: readonly UnitResult[]): Promise<Finding> {
  const up = units.filter(({ outcome }) => outcome === 'up').map(({ unit }) => unit);
  const remarked = new Set(units.filter(({ remark }) => remark !== undefined).map(({ unit }) => unit));
  if (up.length === 0) return { note: 'no unit was up' };
  const left = trial - installed.milliseconds();
  if (left > 0) await host.clock.sleep(left);
  const problems: Problem[] = [];
  const jobs = new Set(units.filter(({ isJob }) => isJob).map(({ unit }) => unit));
  for (const found of await unitStates(machine, up)) {
    const state = jobs.has(found.unit) ? asJob(found) : found;
    const why = deathOf(state, !remarked.has(state.unit));
    if (why === undefined) continue;
    problems.push({
      category: 'unit-dies',
      message: inertLine(`${state.unit} ${why}`),
      evidence: await journalOf(run, state.unit),
      subject: { kind: 'unit', unit: state.unit },
    });
  }
  return { problems, note: problems[0]?.message ?? (up.length === 1 ? 'the unit is up' : `all ${up.length} units are up`) };
}

/** Undefined while it is up; a one-shot may be forgotten by now, and a unit may be at work again. `ran`: it was up by itself, with nothing to remark. */
export function deathOf(state: UnitState, ran = true): string | undefined {
  if (ran && isInitScriptAlone(state)) return initScriptAlone;
  const verdict = judgeUnit(state);
  if (verdict.kind === 'down') return verdict.why;
  return verdict.kind === 'idle' && state.type !== 'oneshot' ? 'ended by itself' : undefined;
}
