import { errorCatalog } from '../error-catalog.ts';
import { codeSpan } from '../inert.ts';
import type { ActionSpec, InputSpec } from '../spec.ts';
import { defaultTextOf, isRequired, typeWords } from './input-words.ts';
import { cell, codeCell, markdownTable } from './markdown-table.ts';

/** Name, type, default and description of every input. */
export function renderInputsTable(spec: ActionSpec): string {
  const inputs = Object.entries(spec.inputs);
  if (inputs.length === 0) return 'This action has no inputs.';
  return markdownTable(
    ['Input', 'Type', 'Default', 'Description'],
    inputs.map(([name, input]) => [codeSpan(name), cell(typeWords(input)), defaultCell(input), cell(input.description)]),
  );
}

function defaultCell(input: InputSpec): string {
  if (isRequired(input)) return '**required**';
  const value = defaultTextOf(input);
  if (value !== undefined && value !== '') return codeCell(value);
  return input.defaultText === undefined ? 'empty' : cell(input.defaultText);
}

export function renderOutputsTable(spec: ActionSpec): string {
  const outputs = Object.entries(spec.outputs);
  if (outputs.length === 0) return 'This action has no outputs.';
  return markdownTable(
    ['Output', 'Description'],
    outputs.map(([name, { description }]) => [codeSpan(name), cell(description)]),
  );
}

/** What the job must be granted, and why; and what the host must. */
export function renderPermissionsTable(spec: ActionSpec): string {
  return spec.root === undefined
    ? permissionsOf(spec)
    : `${permissionsOf(spec)}\n\nRuns as root, by \`sudo\` where it is started as another user, because ${cell(spec.root)}.`;
}

function permissionsOf(spec: ActionSpec): string {
  if (spec.permissions.length === 0) return 'No permission is needed: `permissions: {}`.';
  return markdownTable(
    ['Permission', 'Why'],
    spec.permissions.map(({ permission, reason }) => [codeSpan(permission), cell(reason)]),
  );
}

/** Every code the action can end with, its cause and its cure. */
export function renderErrorsTable(spec: ActionSpec): string {
  if (spec.errors.length === 0) return 'This action has no error codes of its own.';
  return markdownTable(
    ['Code', 'Cause', 'What to do'],
    spec.errors.map((code) => [codeSpan(code), cell(errorCatalog[code].cause), cell(errorCatalog[code].cure)]),
  );
}
