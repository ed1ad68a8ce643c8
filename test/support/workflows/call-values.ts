import { evaluateIn, type Scope, textIn } from './expression.ts';
import { type Json, type JsonObject, objectOf } from './json.ts';
import type { WorkflowFile } from './workflow-file.ts';
import { callOf, named } from './workflow-tree.ts';

type Kind = 'string' | 'boolean' | 'number';
const empty: Readonly<Record<Kind, Json>> = { string: '', boolean: false, number: 0 };

/** The inputs of a called workflow by their declared kinds. A text is no boolean, even 'true'. */
export function calledInputs(
  file: WorkflowFile,
  given: JsonObject,
  scope: Scope,
): { readonly inputs: JsonObject; readonly problem?: undefined } | { readonly inputs?: undefined; readonly problem: string } {
  const inputs: Record<string, Json> = {};
  const { github = null, vars = null } = scope.contexts;
  for (const [name, declared] of Object.entries(callOf(file).inputs)) {
    const input = objectOf(declared, `${file.path}: input ${name}`);
    const kind = kindOf(input['type']);
    const written = named(given, name);
    const fallback = input['default'] === undefined ? empty[kind] : evaluateIn(input['default'], { contexts: { github, vars, inputs } });
    const value = written === undefined ? fallback : evaluateIn(written, scope);
    // A scalar is taken for a text; for nothing else is anything taken.
    if (kind === 'string' && typeof value !== 'object') inputs[name] = String(value);
    else if (kind === 'string' && value === null) inputs[name] = '';
    else if (typeof value === kind) inputs[name] = value;
    else
      return {
        problem: `The template is not valid. ${file.path}: Unexpected type of value '${String(value)}', expected type: ${kind[0]?.toUpperCase()}${kind.slice(1)}. (input ${name})`,
      };
  }
  return { inputs };
}

/** What a called workflow sees of secrets: those that were passed, or all of the caller's. */
export function calledSecrets(
  file: WorkflowFile,
  given: JsonObject | 'inherit',
  own: Readonly<Record<string, string>>,
  scope: Scope,
): Readonly<Record<string, string>> {
  if (given === 'inherit') return own;
  const declared = Object.keys(callOf(file).secrets);
  return Object.fromEntries(
    declared.map((name) => [name, textIn(named(given, name) ?? '', scope)] as const).filter(([, value]) => value !== ''),
  );
}

function kindOf(type: Json | undefined): Kind {
  if (type === 'boolean' || type === 'number' || type === 'string') return type;
  throw new Error(`${JSON.stringify(type)} is no type of an input of workflow_call`);
}
