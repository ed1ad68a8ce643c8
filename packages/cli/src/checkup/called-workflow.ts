import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { joinPermissions } from './permission-need.ts';
import { entries, readWorkflow, type WorkflowDocument } from './workflow-document.ts';

/** What a caller must know of a workflow of release-kit. */
export interface CalledWorkflow {
  /** Input -> whether a caller must give it. */
  readonly inputs: Readonly<Record<string, boolean>>;
  readonly secrets: Readonly<Record<string, boolean>>;
  /** What the calling job must grant, since GitHub only lowers it from there on. */
  readonly permissions: Readonly<Record<string, string>>;
}

/** Names of the workflows that others call. */
export const calledNames = ['build-packages', 'validate', 'release'] as const;

export type CalledName = (typeof calledNames)[number];

/** The workflows of the checkout that this command line is started from. */
const folder = join(import.meta.dirname, '../../../../.github/workflows');

/** Reads what the public workflows take, those that they call themselves included. */
export async function readCalledWorkflows(): Promise<ReadonlyMap<CalledName, CalledWorkflow>> {
  const documents = new Map<string, WorkflowDocument>();
  for (const name of calledNames)
    documents.set(name, await readWorkflow(await readFile(join(folder, `${name}.yml`), 'utf8'), `${name}.yml`));
  return new Map(calledNames.map((name) => [name, calledWorkflow(name, documents)]));
}

/** Throws Error when it is none of `documents`. */
export function calledWorkflow(name: string, documents: ReadonlyMap<string, WorkflowDocument>): CalledWorkflow {
  const document = documents.get(name);
  if (document === undefined) throw new Error(`there is no workflow ${name}`);
  const call = entries(document.events['workflow_call']);
  const needs = document.jobs.map((job) => {
    const inner = /^\.\/\.github\/workflows\/([a-z-]+)\.yml$/.exec(job.uses)?.[1];
    return joinPermissions([job.permissions, inner === undefined ? undefined : calledWorkflow(inner, documents).permissions]);
  });
  return { inputs: requiredOf(call['inputs']), secrets: requiredOf(call['secrets']), permissions: joinPermissions(needs) };
}

function requiredOf(declared: unknown): Readonly<Record<string, boolean>> {
  return Object.fromEntries(Object.entries(entries(declared)).map(([name, one]) => [name, entries(one)['required'] === true]));
}
