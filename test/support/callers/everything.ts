import { runnerJobs, type StepOutcome, type WorkflowRun } from '../workflows/outcome.ts';

/** Every text that anybody can read of a run: logs, debug lines, annotations, summaries, outputs. */
export function everythingShown(run: WorkflowRun): string {
  const said = runnerJobs(run.jobs).flatMap((job) => [
    job.name,
    ...Object.values(job.outputs),
    ...job.annotations.flatMap(wordsOf),
    ...job.steps.flatMap(saidBy),
  ]);
  return said.join('\n');
}

function saidBy(step: StepOutcome): readonly string[] {
  const { name, lines, debug, summary, outputs, annotations, steps } = step;
  return [name, ...lines, ...debug, summary, ...Object.values(outputs), ...annotations.flatMap(wordsOf), ...steps.flatMap(saidBy)];
}

const wordsOf = ({ message, properties }: { readonly message: string; readonly properties: Readonly<Record<string, string>> }) => [
  message,
  ...Object.values(properties),
];

/** What each job could do: its permissions, environment, and whether it had an identity. */
export function powersOf(run: WorkflowRun): Readonly<Record<string, string>> {
  const powers = runnerJobs(run.jobs).flatMap(({ name, runner }) => {
    if (runner === undefined) return [];
    const granted = Object.entries(runner.permissions).filter(([, level]) => level !== 'none');
    const permissions = granted.map(([permission, level]) => `${permission}: ${level}`);
    return [[name, [...permissions.sort(), ...(runner.environment === undefined ? [] : [`in ${runner.environment}`])].join(', ')] as const];
  });
  return Object.fromEntries(powers);
}
