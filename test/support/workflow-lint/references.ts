import type { ActionSpec } from '@release-kit/action';
import { parse } from 'yaml';

export interface Known {
  /** Of a workflow of this repository, by name. */
  readonly outputsOfWorkflow: (name: string) => Promise<readonly { readonly name: string }[]>;
  readonly specs: ReadonlyMap<string, ActionSpec>;
}

type Values = Readonly<Record<string, unknown>>;

/**
 * What the expressions of a workflow refer to and nobody gives: inputs and secrets that it does not declare, outputs that no step, action, job or called
 * workflow has. GitHub makes an empty text of each without a word.
 */
export async function dangling(text: string, known: Known): Promise<readonly string[]> {
  const workflow: unknown = parse(text);
  const call = objectIn(objectIn(workflow, 'on'), 'workflow_call');
  const jobs = objectIn(workflow, 'jobs');
  const problems = [
    ...missing(text, /\binputs\.([\w-]+)/g, Object.keys(objectIn(call, 'inputs')), 'inputs'),
    ...missing(text, /\bsecrets\.([\w-]+)/g, Object.keys(objectIn(call, 'secrets')), 'secrets'),
  ];
  const outputs = new Map<string, readonly string[]>();
  for (const [name, job] of Object.entries(jobs)) outputs.set(name, await outputsOf(job, known));
  for (const [name, job] of Object.entries(jobs)) {
    const own = JSON.stringify(job);
    const needed = [objectIn(jobs, name)['needs'] ?? []].flat().map(String);
    for (const [reference, step = '', output = ''] of own.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g))
      if (!stepOutputs(job, step, known).includes(output)) problems.push(`job ${name}: ${reference}`);
    for (const [reference, other = '', output = ''] of own.matchAll(/\bneeds\.([\w-]+)\.outputs\.([\w-]+)/g))
      if (!needed.includes(other) || outputs.get(other)?.includes(output) !== true) problems.push(`job ${name}: ${reference}`);
  }
  for (const [reference, job = '', output = ''] of JSON.stringify(call).matchAll(/\bjobs\.([\w-]+)\.outputs\.([\w-]+)/g))
    if (outputs.get(job)?.includes(output) !== true) problems.push(`outputs: ${reference}`);
  return problems;
}

function missing(text: string, pattern: RegExp, declared: readonly string[], what: string): readonly string[] {
  return [...text.matchAll(pattern)].flatMap(([, name = '']) => (declared.includes(name) ? [] : [`${what}.${name}`]));
}

async function outputsOf(job: unknown, known: Known): Promise<readonly string[]> {
  const called = /^\.\/\.github\/workflows\/([a-z-]+)\.yml$/.exec(String(field(job, 'uses')))?.[1];
  if (called !== undefined) return (await known.outputsOfWorkflow(called)).map(({ name }) => name);
  return Object.keys(objectIn(job, 'outputs'));
}

function stepOutputs(job: unknown, id: string, known: Known): readonly string[] {
  const steps = field(job, 'steps');
  const step: unknown = Array.isArray(steps) ? steps.find((one: unknown) => field(one, 'id') === id) : undefined;
  const action = /^\.\/dist\/([a-z-]+)$/.exec(String(field(step, 'uses')))?.[1];
  return Object.keys(known.specs.get(action ?? '')?.outputs ?? {});
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;

const objectIn = (value: unknown, name: string): Values => Object(field(value, name) ?? {});
