import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readSteps, type StepDefinition } from './definitions.ts';
import { type Json, objectOf, textOf, toJson } from './json.ts';

export interface ActionInput {
  readonly name: string;
  readonly default: Json | undefined;
  readonly deprecation: string | undefined;
}

export interface ActionDefinition {
  readonly folder: string;
  readonly name: string;
  readonly inputs: readonly ActionInput[];
  /** Name -> expression of its value, for composite actions. */
  readonly outputs: Readonly<Record<string, Json>>;
  readonly runs:
    | {
        readonly kind: 'node';
        readonly pre: string | undefined;
        readonly preIf: Json | undefined;
        readonly main: string;
        readonly post: string | undefined;
        readonly postIf: Json | undefined;
      }
    | { readonly kind: 'composite'; readonly steps: readonly StepDefinition[] };
}

/** Reads action.yml or action.yaml of a folder; undefined where there is neither. Node 24 and composite are what this runner runs. */
export async function readAction(folder: string): Promise<ActionDefinition | undefined> {
  for (const name of ['action.yml', 'action.yaml']) {
    const file = join(folder, name);
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) return definitionOf(toJson(parse(text)), folder, file);
  }
  return undefined;
}

function definitionOf(value: Json, folder: string, file: string): ActionDefinition {
  const action = objectOf(value, file);
  const runs = objectOf(action['runs'], `${file}: runs`);
  const inputs = Object.entries(objectOf(action['inputs'], `${file}: inputs`)).map(([name, settings]) => {
    const input = objectOf(settings, `${file}: inputs.${name}`);
    const deprecation = input['deprecationMessage'];
    return { name, default: input['default'], deprecation: deprecation === undefined ? undefined : textOf(deprecation, name) };
  });
  const outputs = Object.fromEntries(
    Object.entries(objectOf(action['outputs'], `${file}: outputs`)).map(([name, output]) => [
      name,
      objectOf(output, `${file}: outputs.${name}`)['value'] ?? '',
    ]),
  );
  const common = { folder, name: textOf(action['name'], `${file}: name`), inputs, outputs };
  if (runs['using'] === 'composite') return { ...common, runs: { kind: 'composite', steps: readSteps(runs['steps'], `${file}: runs`) } };
  if (runs['using'] !== 'node24') throw new Error(`${file}: runs.using is ${JSON.stringify(runs['using'])}, not node24 or composite`);
  const script = (name: string): string | undefined => (runs[name] === undefined ? undefined : textOf(runs[name], `${file}: ${name}`));
  return {
    ...common,
    runs: {
      kind: 'node',
      pre: script('pre'),
      preIf: runs['pre-if'],
      main: textOf(runs['main'], `${file}: main`),
      post: script('post'),
      postIf: runs['post-if'],
    },
  };
}
