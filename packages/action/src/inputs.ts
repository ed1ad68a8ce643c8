import { existsSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { UserError } from './errors.ts';
import { inertLine } from './inert.ts';
import { isInside, leadsOut } from './inside.ts';
import { nearest } from './nearest.ts';
import { type ActionSpec, camelCase, type InputSpec, type InputsOf } from './spec.ts';

export interface InputContext {
  readonly workspace: string;
  /** How an input is named to this user: `input source`, `--source`. */
  readonly nameOf: (input: string) => string;
}

/**
 * Reads texts by input name (kebab-case) into what `run` receives. '' counts as absent, as on a runner.
 * Throws UserError E_INPUT or E_PATH that names the input, the value, and what is allowed.
 */
export function readInputs<S extends ActionSpec>(spec: S, given: Readonly<Record<string, string>>, context: InputContext): InputsOf<S> {
  for (const name of Object.keys(given))
    if (given[name]?.trim() !== '' && !Object.hasOwn(spec.inputs, name)) throw unknownInput(spec, name, context);
  const values = Object.entries(spec.inputs).map(([name, input]) => {
    const text = input.type === 'secret' ? (given[name] ?? '') : (given[name] ?? '').trim();
    const value = readInput(name, input, text, context);
    // Root would follow a link of the checkout to any file of the host.
    if (spec.root !== undefined && input.type === 'path' && input.mustExist !== true && typeof value === 'string')
      refuseLinkOut(context.nameOf(name), value, context);
    return [camelCase(name), value] as const;
  });
  return Object.fromEntries(values) as InputsOf<S>;
}

function unknownInput(spec: ActionSpec, name: string, context: InputContext): UserError {
  const renamed = spec.renamed !== undefined && Object.hasOwn(spec.renamed, name) ? spec.renamed[name] : undefined;
  if (renamed !== undefined)
    return new UserError('E_INPUT', `${context.nameOf(name)} is now called ${renamed}`, { cure: `Write ${renamed} instead of ${name}.` });
  const names = Object.keys(spec.inputs);
  const near = nearest(name, names);
  const hint = near === undefined ? `the inputs of ${spec.name} are: ${names.join(', ')}` : `did you mean ${near}?`;
  return new UserError('E_INPUT', `${context.nameOf(inertLine(name))} is not an input of ${spec.name}; ${hint}`);
}

function readInput(name: string, input: InputSpec, text: string, context: InputContext): unknown {
  const shown = context.nameOf(name);
  if (text === '') {
    if (input.default === undefined) {
      if (input.optional === true) return undefined;
      const cure = input.type === 'secret' ? { cure: secretCure } : {};
      throw new UserError('E_INPUT', `${shown} is required: ${input.description}`, cure);
    }
    if (input.type === 'boolean') return input.default;
    if (input.type === 'integer') return input.default;
    if (input.type === 'list') return input.default;
    return readText(shown, input, String(input.default), context);
  }
  return readText(shown, input, text, context);
}

function readText(shown: string, input: InputSpec, text: string, context: InputContext): unknown {
  switch (input.type) {
    case 'secret':
      return text;
    case 'text':
      return readPattern(shown, text, input.pattern, input.patternText);
    case 'boolean':
      return readBoolean(shown, text);
    case 'integer':
      return readInteger(shown, text, input.min, input.max);
    case 'duration':
      return readDuration(shown, text);
    case 'enum':
      return readEnum(shown, text, input.values);
    case 'list':
      return text
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .map((line) => (input.values === undefined ? line : readEnum(shown, line, input.values)));
    case 'path':
      return readPath(shown, text, input, context);
    case 'glob':
      return readGlob(shown, text);
  }
}

// An environment's secret reaches a called workflow as empty text unless the caller hands it on.
const secretCure =
  'Pass the secret and check that it is not empty; a reusable workflow has to declare it under secrets, and its caller to hand it on.';

/** In quotes, inert, and not longer than a message can bear. */
function shownValue(text: string): string {
  const line = inertLine(text);
  return `"${line.length <= 200 ? line : `${line.slice(0, 200)}…`}"`;
}

function wrong(shown: string, text: string, allowed: string): UserError {
  return new UserError('E_INPUT', `${shown} is ${shownValue(text)}, but must be ${allowed}`);
}

function readPattern(shown: string, text: string, pattern: RegExp | undefined, words: string | undefined): string {
  if (text.includes('\0')) throw wrong(shown, text, 'text without NUL bytes');
  if (pattern !== undefined && !pattern.test(text)) throw wrong(shown, text, words ?? `like ${pattern.source}`);
  return text;
}

/** YAML 1.2 core schema, section 10.3.2. */
function readBoolean(shown: string, text: string): boolean {
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (/^(false|False|FALSE)$/.test(text)) return false;
  throw wrong(shown, text, 'true or false');
}

function readInteger(shown: string, text: string, min: number, max: number): number {
  const value = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) throw wrong(shown, text, `a whole number from ${min} to ${max}`);
  return value;
}

const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** `90s`, `15m`, `1h`, `500ms` -> milliseconds. At most 24 h. */
export function readDuration(shown: string, text: string): number {
  const match = /^(\d{1,9})(ms|s|m|h)$/.exec(text);
  const value = match === null ? 0 : Number(match[1]) * units[match[2] as keyof typeof units];
  if (value <= 0 || value > 24 * units.h) throw wrong(shown, text, 'a length of time such as 90s, 15m or 1h, at most 24h');
  return value;
}

function readEnum(shown: string, text: string, values: readonly string[]): string {
  if (values.includes(text)) return text;
  const near = nearest(text, values);
  throw wrong(shown, text, `one of ${values.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`);
}

function readGlob(shown: string, text: string): string {
  if (isAbsolute(text) || text.split('/').includes('..') || text.includes('\0'))
    throw new UserError('E_PATH', `${shown} is ${shownValue(text)}, but must be a pattern inside the workspace`);
  return text;
}

function readPath(shown: string, text: string, input: Extract<InputSpec, { type: 'path' }>, context: InputContext): string {
  const problem = (what: string): UserError => new UserError('E_PATH', `${shown} is ${shownValue(text)}, which ${what}`);
  if (text.includes('\0')) throw problem('holds a NUL byte');
  const absolute = resolve(context.workspace, text);
  if (input.mustExist === true && !existsSync(absolute)) throw problem('does not exist');
  if (input.anywhere !== true && !isInside(context.workspace, absolute)) throw problem(`is outside the workspace ${context.workspace}`);
  return absolute;
}

function refuseLinkOut(shown: string, path: string, { workspace }: InputContext): void {
  if (!leadsOut(workspace, path)) return;
  throw new UserError('E_PATH', `${shown} is ${shownValue(path)}, which leads out of the workspace by a link`, {
    cure: 'Remove the link, or name the place that it leads to.',
  });
}
