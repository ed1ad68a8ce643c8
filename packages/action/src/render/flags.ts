import type { ActionSpec, InputSpec } from '../spec.ts';
import { defaultTextOf, isRequired } from './input-words.ts';

/** One flag of the command line, for the parser and for `--help`. */
export interface Flag {
  /** Name of the input: `fail-on`. */
  readonly input: string;
  /** As shown: `--fail-on=error|warning|none`, `--network`. */
  readonly usage: string;
  readonly description: string;
  /** In words: `default: error`, `required`. */
  readonly note: string;
  /** May stand without a value. */
  readonly isBoolean: boolean;
  /** May be given more than once. */
  readonly isList: boolean;
}

/** The flags of an action's command, in the order of its spec. Secrets have none: they would show in the process list. */
export function flagsOf(spec: ActionSpec): readonly Flag[] {
  return Object.entries(spec.inputs)
    .filter(([, input]) => input.type !== 'secret')
    .map(([name, input]) => ({
      input: name,
      usage: `--${name}${placeholder(input)}`,
      description: input.description,
      note: noteOf(input),
      isBoolean: input.type === 'boolean',
      isList: input.type === 'list',
    }));
}

/** The flags as two columns of plain text, wrapped to `width` characters. */
export function renderFlags(spec: ActionSpec, width = 100): string {
  const flags = flagsOf(spec);
  const indent = 2;
  const left = Math.min(34, Math.max(0, ...flags.map(({ usage }) => usage.length + indent)) + 2);
  return flags
    .map(({ usage, description, note }) => {
      const lines = wrap(`${description} (${note})`, Math.max(30, width - left));
      const head = `${' '.repeat(indent)}${usage}`;
      const first = head.length + 2 > left ? [head] : [`${head.padEnd(left)}${lines.shift() ?? ''}`];
      return [...first, ...lines.map((line) => `${' '.repeat(left)}${line}`)].join('\n');
    })
    .join('\n');
}

function placeholder(input: InputSpec): string {
  switch (input.type) {
    case 'boolean':
      return '';
    case 'enum':
      return `=${input.values.join('|')}`;
    case 'integer':
      return '=N';
    case 'duration':
      return '=TIME';
    case 'path':
      return '=PATH';
    case 'glob':
      return '=PATTERN';
    case 'list':
    case 'text':
    case 'secret':
      return '=TEXT';
  }
}

function noteOf(input: InputSpec): string {
  if (isRequired(input)) return 'required';
  const value = defaultTextOf(input)?.replaceAll('\n', ', ');
  const repeat = input.type === 'list' ? 'may be repeated; ' : '';
  return `${repeat}default: ${value === undefined || value === '' ? (input.defaultText ?? 'none') : value}`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
