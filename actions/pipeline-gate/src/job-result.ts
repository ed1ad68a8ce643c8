import { inertLine, UserError } from '@release-kit/action';

const outcomes = ['success', 'failure', 'cancelled', 'skipped'] as const;
type Outcome = (typeof outcomes)[number];

/** A job, as the context `needs` of a later one shows it. */
export interface JobResult {
  readonly name: string;
  readonly outcome: Outcome;
  /** What the job itself says of it, in its output `result`; undefined when it says nothing. */
  readonly sentence: string | undefined;
  /** Whether its output `any` says that there was nothing to do. */
  readonly idle: boolean;
}

/** Reads toJSON(needs), in its order. Throws E_INPUT for anything else. */
export function readJobResults(text: string): readonly JobResult[] {
  const needs = parsed(text);
  if (!isRecord(needs)) throw notNeeds('it is no JSON object');
  const jobs = Object.entries(needs).map(([name, job]) => readJob(name, job));
  if (jobs.length === 0) throw notNeeds('it names no job');
  return jobs;
}

function readJob(name: string, job: unknown): JobResult {
  const result = isRecord(job) ? job['result'] : undefined;
  const outcome = outcomes.find((one) => one === result);
  if (outcome === undefined) throw notNeeds(`the job ${inertLine(name)} has no result that is known`);
  const outputs = isRecord(job) && isRecord(job['outputs']) ? job['outputs'] : {};
  const sentence = outputs['result'];
  return {
    name: inertLine(name),
    outcome,
    sentence: typeof sentence === 'string' && sentence !== '' ? inertLine(sentence) : undefined,
    idle: outputs['any'] === 'false',
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notNeeds('it is no JSON', cause);
  }
}

function notNeeds(why: string, cause?: unknown): UserError {
  return new UserError('E_INPUT', `input needs does not hold the results of jobs: ${why}`, {
    cause,
    cure: 'Hand over toJSON(needs), in a job that needs others.',
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
