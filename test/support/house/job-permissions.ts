import type { Workflow, WorkflowJob, WorkflowStep } from './workflow-reading.ts';

/** What each action needs (docs/threat-model.md, "What each job may"); of our own what their specs say for the way they are used. */
const needs: Readonly<Record<string, (inputs: WorkflowStep['inputs']) => readonly string[]>> = {
  'actions/checkout': () => ['contents: read'],
  'draft-release': ({ mode, destination }) => (destination !== 'github' ? [] : [mode === 'check' ? 'contents: read' : 'contents: write']),
  'attest-packages': () => ['id-token: write', 'attestations: write'],
  'lintian-check': ({ annotations, 'code-scanning': scanning }) => [
    ...(annotations === 'checks' ? ['checks: write'] : []),
    ...(scanning === true ? ['security-events: write'] : []),
  ],
  'actions/attest': () => ['id-token: write', 'attestations: write'],
  'ossf/scorecard-action': ({ publish_results: publish }) => (publish === true ? ['id-token: write'] : []),
  'github/codeql-action/upload-sarif': () => ['security-events: write'],
};

/** Of scripts of this repository, by the words that start them. */
const scripts: readonly (readonly [RegExp, readonly string[]])[] = [[/\bgh release create\b/, ['contents: write']]];

/** Exactly what the steps of a job need, and of a job that calls a workflow what that one's jobs need together; undefined when that is elsewhere. */
export function neededPermissions(job: WorkflowJob, workflows: readonly Workflow[]): readonly string[] | undefined {
  if (job.calls !== undefined) {
    const called = workflows.find(({ path }) => path === ownPath(job.calls ?? ''));
    if (called === undefined) return undefined;
    return strongest(called.jobs.flatMap((one) => neededPermissions(one, workflows) ?? one.permissions ?? []));
  }
  const ofSteps = job.steps.flatMap(({ action, inputs }) => needs[action]?.(inputs) ?? []);
  const ofScripts = job.steps.flatMap(({ run }) => scripts.filter(([words]) => words.test(run ?? '')).flatMap(([, all]) => all));
  return strongest([...ofSteps, ...ofScripts]);
}

/** Examples call the workflows of this repository by the name it has for others. */
const ownPath = (reference: string): string => reference.replace(/^release-kit\/release-kit\//, '').replace(/@.*$/, '');

/** Writing includes reading; sorted. */
export function strongest(permissions: readonly string[]): readonly string[] {
  const all = new Set(permissions);
  return [...all].filter((one) => !one.endsWith(': read') || !all.has(one.replace(/: read$/, ': write'))).sort();
}
