import { type TomlString, tomlKey, tomlString } from './toml-strings.ts';

export type TomlPath = readonly (string | number)[];

/** A value of a TOML text and the keys and indices that lead to it; offsets include its quotes. */
export interface TomlValue {
  readonly path: TomlPath;
  readonly start: number;
  readonly end: number;
  /** undefined of what is no string. */
  readonly string: TomlString | undefined;
}

/** Neither keys nor values of real files come near. */
const maxDepth = 32;

type Fail = (offset: number, problem: string) => never;

/**
 * The scalars of a TOML 1.0 text, in order. Strict in everything that decides where a value stands (tables, keys,
 * strings, comments, nesting), ends at the first thing that it cannot read; does not look for keys given twice, nor
 * whether a number or date is one.
 */
export function tomlValues(text: string, fail: Fail): readonly TomlValue[] {
  const values: TomlValue[] = [];
  const tables = new Map<string, number>();
  let table: TomlPath = [];
  let at = passBlank(text, text.startsWith('\ufeff') ? 1 : 0);
  while (at < text.length) {
    if (text[at] === '[') {
      const double = text[at + 1] === '[';
      const key = keyAt(text, pass(text, at + (double ? 2 : 1), space), fail);
      const close = double ? ']]' : ']';
      const end = pass(text, key.end, space);
      if (!text.startsWith(close, end)) fail(end, `TOML: ${close} is missing`);
      table = tablePath(key.parts, double, tables);
      at = end + close.length;
    } else at = pairAt(text, at, table, values, fail, 0);
    const end = pass(text, at, lineEnd);
    if (end === at && at < text.length) fail(at, 'TOML: only a comment may follow on this line');
    at = passBlank(text, end);
  }
  return values;
}

/** `key = value`; returns where it ends. */
function pairAt(text: string, at: number, table: TomlPath, values: TomlValue[], fail: Fail, depth: number): number {
  const key = keyAt(text, at, fail);
  const equals = pass(text, key.end, space);
  if (text[equals] !== '=') fail(equals, 'TOML: "=" is missing');
  const path = [...table, ...key.parts];
  if (path.length > maxDepth) fail(at, 'TOML: nested too deeply');
  return valueAt(text, pass(text, equals + 1, space), path, values, fail, depth);
}

function valueAt(text: string, at: number, path: TomlPath, values: TomlValue[], fail: Fail, depth: number): number {
  if (depth > maxDepth) fail(at, 'TOML: nested too deeply');
  const opening = text[at];
  if (opening === '[' || opening === '{') return listAt(text, at, path, values, fail, depth);
  const string = opening === '"' || opening === "'" ? tomlString(text, at, fail) : undefined;
  const end = string?.end ?? pass(text, at, scalar);
  if (end === at) fail(at, 'TOML: a value is missing');
  values.push({ path, start: at, end, string });
  return end;
}

/** An array or an inline table. */
function listAt(text: string, start: number, path: TomlPath, values: TomlValue[], fail: Fail, depth: number): number {
  const close = text[start] === '[' ? ']' : '}';
  let at = passBlank(text, start + 1);
  for (let index = 0; text[at] !== close; index += 1) {
    at = close === ']' ? valueAt(text, at, [...path, index], values, fail, depth + 1) : pairAt(text, at, path, values, fail, depth + 1);
    at = passBlank(text, at);
    if (text[at] === ',') at = passBlank(text, at + 1);
    else if (text[at] !== close) fail(at, `TOML: "," or "${close}" is missing`);
  }
  return at + 1;
}

function keyAt(text: string, start: number, fail: Fail): { parts: string[]; end: number } {
  const parts: string[] = [];
  for (let at = start; ; ) {
    const part = tomlKey(text, at, fail);
    parts.push(part.text);
    if (parts.length > maxDepth) fail(start, 'TOML: nested too deeply');
    const dot = pass(text, part.end, space);
    if (text[dot] !== '.') return { parts, end: part.end };
    at = pass(text, dot + 1, space);
  }
}

/** The header's path with the index of the newest element after each array of tables. */
function tablePath(parts: readonly string[], double: boolean, tables: Map<string, number>): TomlPath {
  const path: (string | number)[] = [];
  for (const [index, part] of parts.entries()) {
    path.push(part);
    const name = JSON.stringify(path);
    const newest = tables.get(name);
    if (double && index === parts.length - 1) tables.set(name, (newest ?? -1) + 1);
    const element = tables.get(name);
    if (element !== undefined) path.push(element);
  }
  return path;
}

const space = /[ \t]*/y;
const white = /[ \t\r\n]*/y;
const lineEnd = /[ \t]*(?:#[^\n]*)?(?:\r?\n|$)/y;
/** A date may have a blank before its time. */
const scalar = /\d{4}-\d\d-\d\d \d\d:[\d:.+Zz-]+|[A-Za-z0-9+_.:-]+/y;

/** Where `pattern` ends when it starts here, else `at`. */
function pass(text: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** Where blanks, line ends and comments end. */
function passBlank(text: string, start: number): number {
  for (let at = start; ; ) {
    at = pass(text, at, white);
    if (text[at] !== '#') return at;
    const end = text.indexOf('\n', at);
    if (end === -1) return text.length;
    at = end;
  }
}
