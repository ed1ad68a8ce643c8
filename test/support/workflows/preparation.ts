import { findAction } from './action-source.ts';
import type { StepDefinition } from './definitions.ts';
import { textIn } from './expression.ts';
import type { Frame, Machine } from './machine.ts';
import type { StepOutcome } from './outcome.ts';
import { SetUpProblem } from './repositories.ts';
import { runPre } from './step-action.ts';
import { stepScope } from './step-scope.ts';
import { finished } from './steps.ts';

/**
 * What happens before the first step: actions of other repositories are fetched, and their `pre` runs. Returns why the job
 * cannot start, when one of them cannot be found.
 */
export async function prepare(
  machine: Machine,
  frame: Frame,
  definitions: readonly StepDefinition[],
  outcomes: StepOutcome[],
): Promise<string | undefined> {
  for (const [index, { uses, name, with: inputs }] of definitions.entries()) {
    if (uses === undefined || uses.startsWith('./')) continue;
    const startedAt = Date.now();
    let source: Awaited<ReturnType<typeof findAction>>;
    try {
      source = await findAction(uses, machine.job.workspace, machine.repositories);
    } catch (error) {
      if (error instanceof SetUpProblem || !(error instanceof Error)) throw error;
      return error.message;
    }
    if (source.kind === 'checkout' || source.definition.runs.kind !== 'node' || source.definition.runs.pre === undefined) continue;
    const scope = stepScope(machine, frame);
    const given = Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, textIn(value, scope)]));
    const shown = `Pre ${name === undefined ? `Run ${uses}` : textIn(name, scope)}`;
    const done = await runPre(machine, frame, source, given, { env: {}, place: String(index), signal: machine.signal, name: shown });
    if (done === undefined) continue;
    const { conclusion } = done;
    if (conclusion === 'failure') frame.failed = true;
    outcomes.push({ ...finished(done, startedAt), id: undefined, uses, stage: 'pre', name: shown, outcome: conclusion, conclusion });
  }
  return undefined;
}
