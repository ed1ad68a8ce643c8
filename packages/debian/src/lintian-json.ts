import { UserError } from '@release-kit/action/errors';
import type { Hint, HintType, LintianFile, LintianReport, Pointer, Severity } from './lintian.ts';
import { severities } from './lintian.ts';
import { shown } from './shown.ts';

/**
 * Reads the report of `lintian --exp-output format=json` (2.114 and newer). Unknown keys are let pass, since each version adds some;
 * everything that is used must have its type. Throws E_LINT_INCOMPLETE naming the field: a report that cannot be read proves nothing.
 */
export function parseLintianJson(text: string): LintianReport {
  const root = asRecord(parseJson(text), 'the report');
  // lintian 2.116 does not always know its own version, and writes null.
  const version = root['lintian_version'] === null ? undefined : asText(root['lintian_version'], 'lintian_version');
  const files = asList(root['groups'], 'groups').flatMap((group, g) => {
    const where = `groups[${g}]`;
    return asList(asRecord(group, where)['input_files'], `${where}.input_files`).map((file, f) =>
      readFile(file, `${where}.input_files[${f}]`),
    );
  });
  return { version, files, notices: [] };
}

function parseJson(text: string): unknown {
  if (text.trim() === '') throw new UserError('E_LINT_INCOMPLETE', 'lintian printed nothing');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError('E_LINT_INCOMPLETE', `lintian's report is not JSON; it starts with ${shown(text)}`, { cause });
  }
}

function readFile(value: unknown, where: string): LintianFile {
  const file = asRecord(value, where);
  const path = asText(file['path'], `${where}.path`);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const owner = { package: name.replace(/(?:_.*|\.[a-z]+)$/, ''), type: typeOf(name) };
  const hints = asList(file['hints'], `${where}.hints`).map((hint, h) => readHint(hint, `${where}.hints[${h}]`, owner));
  return { path, hints };
}

function typeOf(name: string): HintType {
  if (name.endsWith('.dsc')) return 'source';
  if (name.endsWith('.changes')) return 'changes';
  if (name.endsWith('.buildinfo')) return 'buildinfo';
  return name.endsWith('.udeb') ? 'udeb' : 'binary';
}

function readHint(value: unknown, where: string, owner: Pick<Hint, 'package' | 'type'>): Hint {
  const hint = asRecord(value, where);
  const visibility = asText(hint['visibility'], `${where}.visibility`);
  const severity = severities.find((known) => known === visibility);
  if (severity === undefined) throw broken(`${where}.visibility`, `${shown(visibility)} is not a severity`);
  const override = overrideOf(hint, where);
  const pointer = hint['pointer'];
  return {
    tag: asText(hint['tag'], `${where}.tag`),
    ...owner,
    severity: severity satisfies Severity,
    experimental: asFlag(hint['experimental'], `${where}.experimental`),
    overridden: override !== undefined,
    masked: hint['screen'] !== undefined || (hint['masks'] !== undefined && asList(hint['masks'], `${where}.masks`).length > 0),
    note: noteOf(hint, where),
    ...override,
    ...(pointer === undefined || pointer === null ? {} : { pointer: readPointer(pointer, `${where}.pointer`) }),
  };
}

/**
 * An object with a justification, or before 2.115 `yes` and a list of comments beside it. Undefined when nothing overrides the hint.
 */
function overrideOf(hint: Readonly<Record<string, unknown>>, where: string): Pick<Hint, 'justification'> | undefined {
  const { override, override_comments: comments } = hint;
  if (override === undefined) return undefined;
  if (override === 'yes') {
    if (comments === undefined) return {};
    const lines = asList(comments, `${where}.override_comments`);
    return { justification: lines.map((line, index) => asText(line, `${where}.override_comments[${index}]`)).join(' ') };
  }
  const { justification } = asRecord(override, `${where}.override`);
  if (justification === undefined || justification === null) return {};
  return { justification: asText(justification, `${where}.override.justification`) };
}

/** Called `context` before 2.115 (Ubuntu 22.04 has 2.114). */
function noteOf(hint: Readonly<Record<string, unknown>>, where: string): string {
  const key = hint['note'] === undefined ? 'context' : 'note';
  return hint[key] === undefined || hint[key] === null ? '' : asText(hint[key], `${where}.${key}`).trimEnd();
}

function readPointer(value: unknown, where: string): Pointer {
  const pointer = asRecord(value, where);
  const item = asRecord(pointer['item'], `${where}.item`);
  const path = asText(item['name'], `${where}.item.name`);
  const index = /\((patched|control|installed)\)$/.exec(
    item['index'] === undefined ? '' : asText(item['index'], `${where}.item.index`),
  )?.[1];
  const line = pointer['line_position'] ?? 0;
  if (typeof line !== 'number' || !Number.isSafeInteger(line) || line < 0) throw broken(`${where}.line_position`, 'must be a line number');
  return {
    path,
    index: index === 'patched' || index === 'control' || index === 'installed' ? index : undefined,
    line: line === 0 ? undefined : line,
  };
}

function broken(where: string, what: string): UserError {
  return new UserError('E_LINT_INCOMPLETE', `lintian's report cannot be used: ${where} ${what}`);
}

function asRecord(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw broken(where, 'must be an object');
  return Object.fromEntries(Object.entries(value));
}

function asList(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw broken(where, 'must be a list');
  return value;
}

function asText(value: unknown, where: string): string {
  if (typeof value !== 'string') throw broken(where, 'must be a text');
  return value;
}

/** Before 2.115 a flag is `yes`, or left out. */
function asFlag(value: unknown, where: string): boolean {
  if (value === undefined) return false;
  if (value === 'yes') return true;
  if (typeof value !== 'boolean') throw broken(where, 'must be true or false');
  return value;
}
