import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { githubVariables } from './contexts.ts';
import type { Scope } from './expression.ts';
import { type JsonObject, objectOf } from './json.ts';
import type { Frame, Machine } from './machine.ts';

/** What expressions of a step see; `env` are variables of the step itself. */
export function stepScope(machine: Machine, frame: Frame, env: Readonly<Record<string, string>> = {}): Scope {
  const cancelled = machine.signal.aborted;
  const status = cancelled ? 'cancelled' : frame.failed ? 'failure' : 'success';
  return {
    contexts: {
      ...frame.contexts,
      job: { ...machine.jobContext, status },
      env: { ...variablesOf(machine, frame), ...env },
      steps: Object.fromEntries(frame.steps),
    },
    functions: {
      success: () => status === 'success',
      failure: () => status === 'failure',
      cancelled: () => cancelled,
      always: () => true,
      hashFiles: (...patterns) => hashFiles(machine.job.workspace, patterns.map(String)),
    },
  };
}

/** Variables that steps have by `env:` around them and by what earlier steps exported. */
export function variablesOf(machine: Machine, frame: Frame): Readonly<Record<string, string>> {
  return { ...machine.env, ...Object.fromEntries(machine.job.variables), ...frame.env };
}

/** The environment of a program of a step. What the runner sets cannot be changed by `env:`. */
export function stepEnvironment(
  machine: Machine,
  frame: Frame,
  env: Readonly<Record<string, string>>,
  github: JsonObject = {},
): Readonly<Record<string, string>> {
  const context = { ...objectOf(frame.contexts['github'], 'github'), ...github };
  return { ...variablesOf(machine, frame), ...env, ...githubVariables(context, machine.eventPath), ...machine.stepEnv };
}

function hashFiles(workspace: string, patterns: readonly string[]): string {
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!'));
  const exclude = patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const files = globSync(wanted, { cwd: workspace, exclude })
    .map((file) => join(workspace, file))
    .filter((file) => statSync(file).isFile())
    .toSorted();
  if (files.length === 0) return '';
  const all = createHash('sha256');
  for (const file of new Set(files)) all.update(createHash('sha256').update(readFileSync(file)).digest());
  return all.digest('hex');
}
