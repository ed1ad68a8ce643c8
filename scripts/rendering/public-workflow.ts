import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

/** An input, secret or output of a workflow that others call. */
export interface WorkflowValue {
  readonly name: string;
  readonly description: string;
  /** Of an input: `string` or `boolean`. */
  readonly type: string;
  /** Of an input, as it is written. */
  readonly default: string;
  readonly required: boolean;
}

/** A permission that a caller has to grant: the highest that any of the jobs takes. */
export interface Grant {
  readonly permission: string;
  readonly access: 'read' | 'write';
  /** The comments at the jobs, and which jobs these are. */
  readonly reasons: readonly string[];
}

export interface PublicWorkflow {
  /** `release` */
  readonly name: string;
  readonly inputs: readonly WorkflowValue[];
  readonly secrets: readonly WorkflowValue[];
  readonly outputs: readonly WorkflowValue[];
  readonly grants: readonly Grant[];
}

/** Names of the workflows that other repositories may call: those without a leading dot, sorted. */
export async function publicWorkflowNames(root: string): Promise<readonly string[]> {
  const names = await readdir(join(root, '.github/workflows'));
  return names
    .filter((name) => /^[a-z-]+\.yml$/.test(name))
    .map((name) => name.replace(/\.yml$/, ''))
    .sort();
}

/** The interface of a workflow, as its file declares it. */
export async function readPublicWorkflow(root: string, name: string): Promise<PublicWorkflow> {
  const text = await readFile(join(root, '.github/workflows', `${name}.yml`), 'utf8');
  const call = field(field(parse(text), 'on'), 'workflow_call');
  if (call === undefined) throw new Error(`${name}.yml has no workflow_call`);
  const valuesOf = (kind: string): readonly WorkflowValue[] =>
    Object.entries(Object(field(call, kind) ?? {})).map(([key, value]) => ({
      name: key,
      description: String(field(value, 'description') ?? ''),
      type: String(field(value, 'type') ?? ''),
      default: String(field(value, 'default') ?? ''),
      required: field(value, 'required') === true,
    }));
  return { name, inputs: valuesOf('inputs'), secrets: valuesOf('secrets'), outputs: valuesOf('outputs'), grants: grantsOf(text) };
}

/** By the lines of the file, since a parser drops the comments that say why. */
function grantsOf(text: string): readonly Grant[] {
  const grants = new Map<string, Grant>();
  let job = '';
  for (const line of text.split('\n')) {
    job = /^ {2}([a-z0-9-]+):$/.exec(line)?.[1] ?? job;
    const [, permission, access, reason] = /^ {6}([a-z-]+): (read|write) # (.*)$/.exec(line) ?? [];
    if (permission === undefined || reason === undefined) continue;
    const before = grants.get(permission);
    const told = `${job}: ${reason}`;
    grants.set(permission, {
      permission,
      access: access === 'write' || before?.access === 'write' ? 'write' : 'read',
      reasons: [...(before?.reasons ?? []), told],
    });
  }
  return [...grants.values()].sort((a, b) => (a.permission < b.permission ? -1 : 1));
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
