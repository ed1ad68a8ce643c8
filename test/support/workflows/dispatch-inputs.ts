import type { WorkflowEvent } from './event.ts';
import { isList, type Json, type JsonObject, objectOf } from './json.ts';
import { InvalidWorkflow, type WorkflowFile } from './workflow-file.ts';

/** The `inputs` context of a workflow_dispatch, checked as GitHub's page and interface do; empty for other events. */
export function dispatchInputs(file: WorkflowFile, { name: event, inputs: given = {} }: WorkflowEvent): JsonObject {
  if (event !== 'workflow_dispatch') return {};
  const declared = objectOf(objectOf(file.on['workflow_dispatch'], `${file.path}: on.workflow_dispatch`)['inputs'], `${file.path}: inputs`);
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(declared, name));
  if (unknown.length > 0) throw new InvalidWorkflow([`Unexpected inputs provided: ${JSON.stringify(unknown)}`]);
  return Object.fromEntries(
    Object.entries(declared).map(([name, settings]) => {
      const input = objectOf(settings, `${file.path}: input ${name}`);
      const value = given[name] ?? input['default'];
      if ((value === undefined || value === '') && input['required'] === true)
        throw new InvalidWorkflow([`Required input '${name}' not provided`]);
      return [name, typed(name, input, value)];
    }),
  );
}

function typed(name: string, input: JsonObject, value: Json | undefined): Json {
  const { type = 'string', options } = input;
  switch (type) {
    case 'boolean':
      return String(value ?? 'false') === 'true';
    case 'number':
      return Number(value ?? 0);
    case 'choice':
      if (isList(options) && value !== undefined && !options.map(String).includes(String(value)))
        throw new InvalidWorkflow([`Provided value '${String(value)}' for input '${name}' not in the list of allowed values`]);
      return String(value ?? (isList(options) ? options[0] : ''));
    default:
      return String(value ?? '');
  }
}
