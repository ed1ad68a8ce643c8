import type { InputSpec } from '../spec.ts';

/** True when a run cannot start without it. */
export function isRequired(input: InputSpec): boolean {
  return input.default === undefined && input.optional !== true;
}

/** The default as a person writes it in a workflow; a list has one entry per line. */
export function defaultTextOf(input: InputSpec): string | undefined {
  if (input.type === 'list') return input.default.join('\n');
  return input.default === undefined ? undefined : String(input.default);
}

/** What is allowed, in a few words: `whole number, 1 to 256`, `error, warning or none`. */
export function typeWords(input: InputSpec): string {
  switch (input.type) {
    case 'text':
      return input.patternText ?? 'text';
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `whole number, ${input.min} to ${input.max}`;
    case 'duration':
      return 'length of time (90s, 15m, 1h)';
    case 'enum':
      return orWords(input.values);
    case 'list':
      return input.values === undefined ? 'list, one per line' : `list, one per line: ${orWords(input.values)}`;
    case 'path':
      return input.anywhere === true ? 'path' : 'path inside the workspace';
    case 'glob':
      return 'file name pattern inside the workspace';
    case 'secret':
      return 'secret';
  }
}

function orWords(values: readonly string[]): string {
  return values.length < 2 ? values.join('') : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}
