import { parse } from 'yaml';
import type { SourceTree } from './source-tree.ts';

/** A step of a job, as far as rules look at it. */
export interface WorkflowStep {
  /** `actions/checkout`, or of our own actions their name: `sign-artifacts`; '' for a script. */
  readonly action: string;
  readonly uses: string;
  readonly run: string | undefined;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The step as written, for texts that may be anywhere in it. */
  readonly text: string;
}

export interface WorkflowJob {
  readonly name: string;
  /** Path of a workflow of this repository that it calls; of others the whole reference. */
  readonly calls: string | undefined;
  readonly condition: string;
  readonly environment: boolean;
  /** `contents: write` and so on; undefined when the job says nothing of them. */
  readonly permissions: readonly string[] | undefined;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly steps: readonly WorkflowStep[];
  /** The job without its steps and the secrets that it hands to a workflow. */
  readonly head: string;
}

export interface Workflow {
  readonly path: string;
  /** For callers: no dot before the name. */
  readonly isPublic: boolean;
  readonly events: readonly string[];
  /** Runs for tags, or may: a release. */
  readonly forTags: boolean;
  readonly jobs: readonly WorkflowJob[];
  /** All but the jobs. */
  readonly head: string;
}

type Fields = Readonly<Record<string, unknown>>;
const record = (value: unknown): Fields => (typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {});
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The workflows of this repository and the examples for callers. */
export function workflowsIn(tree: SourceTree): readonly Workflow[] {
  return [...tree]
    .filter(([path]) => /^(\.github|examples)\/workflows\/[^/]+\.ya?ml$/.test(path))
    .map(([path, source]) => workflowOf(path, source));
}

function workflowOf(path: string, source: string): Workflow {
  const { jobs, ...head } = record(parse(source));
  const on = head['on'];
  const events = typeof on === 'string' ? [on] : Array.isArray(on) ? on.map(String) : Object.keys(record(on));
  const push = record(record(on)['push']);
  return {
    path,
    isPublic: !/\/\.[^/]+$/.test(path),
    events,
    forTags: 'tags' in push || events.includes('release') || /\/\.?(release|publish)\.ya?ml$/.test(path),
    jobs: Object.entries(record(jobs)).map(([name, job]) => jobOf(name, record(job))),
    head: JSON.stringify(head),
  };
}

function jobOf(name: string, job: Fields): WorkflowJob {
  const { steps, secrets: _, ...head } = job;
  const uses = text(job['uses']);
  return {
    name,
    calls: uses === '' ? undefined : uses.replace(/^\.\//, ''),
    condition: text(job['if']),
    environment: job['environment'] !== undefined,
    permissions:
      'permissions' in job ? Object.entries(record(job['permissions'])).map(([scope, level]) => `${scope}: ${String(level)}`) : undefined,
    inputs: record(job['with']),
    steps: list(steps).map((step) => stepOf(record(step))),
    head: JSON.stringify(head),
  };
}

function stepOf(step: Fields): WorkflowStep {
  const uses = text(step['uses']);
  const action = uses.replace(/@.*$/, '');
  return {
    uses,
    action: /^\.\/dist\/[a-z-]+$/.test(action) ? action.slice('./dist/'.length) : action.replace(/^release-kit\/release-kit\//, ''),
    run: typeof step['run'] === 'string' ? step['run'] : undefined,
    inputs: record(step['with']),
    text: JSON.stringify(step),
  };
}
