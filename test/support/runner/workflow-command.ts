export interface WorkflowCommand {
  /** As registered, in lower case. */
  readonly name: string;
  readonly properties: ReadonlyMap<string, string>;
  readonly data: string;
}

/** Commands that the runner knows; any other `::word::` is an ordinary line. */
const registered = new Set([
  'add-mask',
  'add-matcher',
  'add-path',
  'debug',
  'echo',
  'endgroup',
  'error',
  'group',
  'notice',
  'remove-matcher',
  'save-state',
  'set-env',
  'set-output',
  'stop-commands',
  'warning',
]);

/**
 * Parses one line of output as the runner does (actions/runner, ActionCommand): `::name k=v,k=v::data` after blanks at the
 * start of a line, or `##[name k=v;k=v]data` anywhere in it. `resume` is the token that ends stop-commands.
 */
export function parseWorkflowCommand(line: string, resume?: string): WorkflowCommand | undefined {
  return parseColons(line, resume) ?? parseBrackets(line, resume);
}

const dataEscapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
] as const;
const propertyEscapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
] as const;
const bracketEscapes = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
] as const;
type Escapes = readonly (readonly [string, string])[];

function parseColons(line: string, resume: string | undefined): WorkflowCommand | undefined {
  const trimmed = line.trimStart();
  const end = trimmed.startsWith('::') ? trimmed.indexOf('::', 2) : -1;
  if (end < 0) return undefined;
  return commandOf(trimmed.slice(2, end), trimmed.slice(end + 2), ',', propertyEscapes, dataEscapes, resume);
}

function parseBrackets(line: string, resume: string | undefined): WorkflowCommand | undefined {
  const start = line.indexOf('##[');
  const end = start < 0 ? -1 : line.indexOf(']', start);
  if (end < 0) return undefined;
  return commandOf(line.slice(start + 3, end), line.slice(end + 1), ';', bracketEscapes, bracketEscapes, resume);
}

function commandOf(
  head: string,
  data: string,
  separator: string,
  properties: Escapes,
  escapes: Escapes,
  resume: string | undefined,
): WorkflowCommand | undefined {
  const blank = head.indexOf(' ');
  const name = (blank < 0 ? head : head.slice(0, blank)).toLowerCase();
  if (!registered.has(name) && name !== resume?.toLowerCase()) return undefined;
  const pairs = (blank < 0 ? '' : head.slice(blank + 1).trim()).split(separator).map((pair) => {
    const equals = pair.indexOf('=');
    return equals <= 0 || equals === pair.length - 1
      ? undefined
      : ([pair.slice(0, equals).toLowerCase(), restore(pair.slice(equals + 1), properties)] as const);
  });
  return { name, properties: new Map(pairs.filter((pair) => pair !== undefined)), data: restore(data, escapes) };
}

/** In this order, one after the other, as the runner replaces. */
const restore = (text: string, escapes: Escapes): string => escapes.reduce((result, [from, to]) => result.replaceAll(from, to), text);
