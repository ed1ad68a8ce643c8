import type { JobResult } from './job-result.ts';

export interface Verdict {
  readonly passed: boolean;
  /** One sentence for people. */
  readonly sentence: string;
}

/**
 * What came of all jobs. A job that was skipped did what it should, unless it is among the `required` ones: what made GitHub skip it otherwise is a
 * job before it, which failed or was cancelled.
 */
export function verdictOf(jobs: readonly JobResult[], required: readonly string[] = []): Verdict {
  const failed = jobs.filter(({ outcome }) => outcome === 'failure').map(({ name, sentence }) => told(name, 'failed', sentence));
  const cancelled = jobs.filter(({ outcome }) => outcome === 'cancelled').map(({ name }) => `${name} was cancelled`);
  const missing = jobs
    .filter(({ name, outcome }) => outcome === 'skipped' && required.includes(name))
    .map(({ name }) => `${name} was skipped, and must not be`);
  const absent = required.filter((name) => !jobs.some((job) => job.name === name)).map((name) => `there is no job ${name}`);
  const problems = [...failed, ...cancelled, ...(failed.length + cancelled.length === 0 ? missing : []), ...absent];
  if (problems.length > 0) return { passed: false, sentence: `${problems.join('; ')}.` };
  return { passed: true, sentence: praise(jobs) };
}

/** Jobs that tell something speak for themselves; of the others it is enough that they passed. */
function praise(jobs: readonly JobResult[]): string {
  const done = jobs.filter(({ outcome }) => outcome === 'success');
  const silent = done.filter(({ sentence, idle }) => sentence === undefined && !idle).map(({ name }) => name);
  const parts = [
    ...(done.some(({ idle }) => idle) ? ['Nothing to build: no package is touched'] : []),
    ...done.flatMap(({ sentence, idle }) => (sentence === undefined || idle ? [] : [sentence.replace(/\.$/, '')])),
    ...(silent.length === 0 ? [] : [`${inWords(silent)} passed`]),
  ];
  return parts.length === 0 ? 'Nothing had to be done.' : `${parts.join('; ')}.`;
}

const told = (name: string, what: string, sentence: string | undefined): string =>
  sentence === undefined ? `${name} ${what}` : `${name} ${what}: ${sentence.replace(/\.$/, '')}`;

/** `a`, `a and b`, `a, b and c` */
export function inWords(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
