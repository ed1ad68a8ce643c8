import { UserError } from '@release-kit/action/errors';
import { undoDoubleEncoding } from './double-encoding.ts';
import type { Hint, HintType, LintianFile, LintianReport, Pointer, Severity } from './lintian.ts';
import { severities } from './lintian.ts';
import { splitPointer } from './lintian-pointer.ts';
import { shown } from './shown.ts';

/**
 * Reads the report of `lintian --exp-output format=json`, 2.104 to 2.143. Unknown keys are let pass, since each version adds some. Every
 * hint whose fields are of known shapes is read; any other is in `unread`, whole. Throws E_LINT_INCOMPLETE naming the field when groups,
 * files or their paths cannot be read: such a report does not even say what was looked at.
 */
export function parseLintianJson(text: string): LintianReport {
  const root = asRecord(parseJson(text), 'the report');
  const given = entry(root, 'lintian_version', 'lintian-version');
  // lintian 2.116 and newer do not always know their own version, and write null.
  const version = given === null ? undefined : asText(given, 'lintian_version');
  const unread: string[] = [];
  const files = asList(root['groups'], 'groups').flatMap((group, g) => {
    const where = `groups[${g}].input_files`;
    return asList(entry(asRecord(group, `groups[${g}]`), 'input_files', 'input-files'), where).map((file, f) =>
      readFile(file, `${where}[${f}]`, unread),
    );
  });
  return { version, files, notices: [], unread };
}

function parseJson(text: string): unknown {
  if (text.trim() === '') throw new UserError('E_LINT_INCOMPLETE', 'lintian printed nothing');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError('E_LINT_INCOMPLETE', `lintian's report is not JSON; it starts with ${shown(text)}`, { cause });
  }
}

function readFile(value: unknown, where: string, unread: string[]): LintianFile {
  const file = asRecord(value, where);
  const path = asText(file['path'], `${where}.path`);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const owner = { package: name.replace(/(?:_.*|\.[a-z]+)$/, ''), type: typeOf(name) };
  const hints: Hint[] = [];
  asList(entry(file, 'hints', 'tags'), `${where}.hints`).forEach((hint, h) => {
    try {
      hints.push(readHint(hint, `${where}.hints[${h}]`, owner));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      unread.push(`${name}: ${JSON.stringify(hint)}`);
    }
  });
  return { path, hints };
}

function typeOf(name: string): HintType {
  if (name.endsWith('.dsc')) return 'source';
  if (name.endsWith('.changes')) return 'changes';
  if (name.endsWith('.buildinfo')) return 'buildinfo';
  return name.endsWith('.udeb') ? 'udeb' : 'binary';
}

/** 2.104 calls a tag `name` and its visibility `severity`. */
function readHint(value: unknown, where: string, owner: Pick<Hint, 'package' | 'type'>): Hint {
  const hint = asRecord(value, where);
  const override = overrideOf(hint, where);
  const screens = screensOf(hint, where);
  return {
    tag: asText(entry(hint, 'tag', 'name'), `${where}.tag`),
    ...owner,
    severity: asSeverity(entry(hint, 'visibility', 'severity'), `${where}.visibility`),
    experimental: asFlag(hint['experimental'], `${where}.experimental`),
    overridden: override !== undefined,
    masked: screens.length > 0,
    ...(screens.length > 0 ? { screens } : {}),
    ...override,
    ...noteOf(hint, where, owner.type),
  };
}

/** A list of objects, or in 2.114 a single name. */
function screensOf(hint: Readonly<Record<string, unknown>>, where: string): readonly string[] {
  const { masks, screen } = hint;
  if (masks === undefined || masks === null) return screen === undefined ? [] : [asText(screen, `${where}.screen`)];
  return asList(masks, `${where}.masks`).map((mask, m) =>
    asText(asRecord(mask, `${where}.masks[${m}]`)['screen'], `${where}.masks[${m}].screen`),
  );
}

/**
 * An object with a justification, or before 2.115 `yes` and a list of comments beside it. Undefined when nothing overrides the hint.
 */
function overrideOf(hint: Readonly<Record<string, unknown>>, where: string): Pick<Hint, 'justification'> | undefined {
  const { override } = hint;
  if (override === undefined || override === null) return undefined;
  if (override === 'yes') {
    const comments = entry(hint, 'override_comments', 'override-comments');
    if (comments === undefined) return {};
    const lines = asList(comments, `${where}.override_comments`);
    return reason(lines.map((line, index) => asText(line, `${where}.override_comments[${index}]`)).join(' '));
  }
  const { justification } = asRecord(override, `${where}.override`);
  if (justification === undefined || justification === null) return {};
  return reason(asText(justification, `${where}.override.justification`));
}

function reason(text: string): Pick<Hint, 'justification'> {
  const justification = text.replace(/\s+/g, ' ').trim();
  return justification === '' ? {} : { justification };
}

/** 2.104 to 2.114 have a `context` instead, which is what the text has: note and pointer in one. */
function noteOf(hint: Readonly<Record<string, unknown>>, where: string, type: HintType): Pick<Hint, 'note' | 'pointer'> {
  const { note, context, pointer } = hint;
  if (note === undefined && context !== undefined) return splitPointer(asText(context, `${where}.context`), type);
  return {
    note: note === undefined || note === null ? '' : undoDoubleEncoding(asText(note, `${where}.note`).trimEnd()),
    ...(pointer === undefined || pointer === null ? {} : { pointer: readPointer(pointer, `${where}.pointer`) }),
  };
}

function readPointer(value: unknown, where: string): Pointer {
  const pointer = asRecord(value, where);
  const item = asRecord(pointer['item'], `${where}.item`);
  const index = item['index'] === undefined ? '' : asText(item['index'], `${where}.item.index`);
  const line = pointer['line_position'] ?? 0;
  if (typeof line !== 'number' || !Number.isSafeInteger(line) || line < 0) throw broken(`${where}.line_position`, 'must be a line number');
  return {
    path: undoDoubleEncoding(asText(item['name'], `${where}.item.name`)),
    index: indexNamed(/\(([a-z]+)\)$/.exec(index)?.[1]),
    line: line === 0 ? undefined : line,
  };
}

/** `orig` is the source before its patches: the same tree, for everybody who looks for the file. */
function indexNamed(name: string | undefined): Pointer['index'] {
  if (name === 'orig') return 'patched';
  return name === 'patched' || name === 'control' || name === 'installed' ? name : undefined;
}

/** A value by its name, or by the name that it had in older versions. */
function entry(record: Readonly<Record<string, unknown>>, name: string, formerly: string): unknown {
  return record[record[name] === undefined ? formerly : name];
}

function broken(where: string, what: string): UserError {
  return new UserError('E_LINT_INCOMPLETE', `lintian's report cannot be used: ${where} ${what}`);
}

function asRecord(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) throw broken(where, 'must be an object');
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asList(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw broken(where, 'must be a list');
  return value;
}

function asText(value: unknown, where: string): string {
  if (typeof value !== 'string') throw broken(where, 'must be a text');
  return value;
}

function asSeverity(value: unknown, where: string): Severity {
  const severity = severities.find((known) => known === value);
  if (severity === undefined) throw broken(where, 'must be a severity');
  return severity;
}

/** Before 2.115 a flag is `yes`, or left out. */
function asFlag(value: unknown, where: string): boolean {
  if (value === undefined || value === null) return false;
  if (value === 'yes') return true;
  if (typeof value !== 'boolean') throw broken(where, 'must be true or false');
  return value;
}
