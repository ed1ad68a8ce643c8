import { ownValues } from './own-values.ts';

/** `type(scope)!: description`, taken apart. */
export interface Header {
  readonly type: string;
  readonly scope: string | undefined;
  readonly bang: boolean;
  readonly description: string;
}

/** Words that a project writes where the type stands, in lower case, and the type each counts as, such as `✨` for `feat`. */
export type TypeAliases = ReadonlyMap<string, string>;

/** Types that are taken for meant as one, where other words may be prose. */
export const knownTypes: ReadonlySet<string> = new Set([
  'build',
  'chore',
  'ci',
  'deps',
  'docs',
  'feat',
  'feature',
  'fix',
  'perf',
  'refactor',
  'revert',
  'security',
  'style',
  'test',
  'tests',
]);

const maxType = 100;
const maxScope = 500;

// Sticky: where it ends is told without a text being made.
const asciiType = /[A-Za-z][A-Za-z0-9_-]*/y;
const anyType = /^\p{L}[\p{L}\p{M}\p{N}_-]*/u;

/**
 * Reads a header as Conventional Commits 1.0.0, items 1 to 5 and 13: type, optional scope, optional `!`, colon and
 * blank, description. Letters of the type count without case. Each part is looked at once, so that time is linear
 * whatever the text. Undefined when the text is not such a header; it never throws.
 */
export function parseHeader(subject: string, aliases?: TypeAliases): Header | undefined {
  const head = subject.slice(0, maxType + 1);
  const type = typeAt(head);
  if (type === undefined || type.length > maxType) return aliases === undefined ? undefined : parseAlias(subject, aliases);
  const scope = scopeAt(subject, type.length);
  if (scope === undefined) return undefined;
  const bang = subject[scope.end] === '!';
  const colon = bang ? scope.end + 1 : scope.end;
  if (subject[colon] !== ':' || (subject[colon + 1] !== ' ' && subject[colon + 1] !== '\t')) return undefined;
  const description = subject.slice(colon + 1).trim();
  if (description === '') return undefined;
  const lower = lowerCase(type);
  return { type: aliases?.get(lower) ?? lower, scope: scope.text, bang, description };
}

const lowerCase = ownValues((type) => type.toLowerCase());

function typeAt(head: string): string | undefined {
  asciiType.lastIndex = 0;
  const length = asciiType.test(head) ? asciiType.lastIndex : 0;
  // Nearly all types are plain, and told much faster as such.
  if (head.charCodeAt(length) > 127) return anyType.exec(head)?.[0];
  return length === 0 ? undefined : head.slice(0, length);
}

/** Pictures need no colon, as gitmoji writes them: `✨ text`, `:sparkles: (scope): text`. */
function parseAlias(subject: string, aliases: TypeAliases): Header | undefined {
  const word = /^(?::[a-z0-9_+-]{1,40}:|[^\s(!:]{1,40})/.exec(subject)?.[0];
  if (word === undefined) return undefined;
  // U+FE0F only asks for the coloured form of the picture before it.
  const type = aliases.get(word) ?? aliases.get(word.replace('\ufe0f', ''));
  if (type === undefined) return undefined;
  const start = subject[word.length] === ' ' ? word.length + 1 : word.length;
  const scope = scopeAt(subject, start);
  if (scope === undefined) return undefined;
  const bang = subject[scope.end] === '!';
  const end = bang ? scope.end + 1 : scope.end;
  const description = subject.slice(subject[end] === ':' ? end + 1 : end).trim();
  return description === '' ? undefined : { type, scope: scope.text, bang, description };
}

/** The scope that begins at `at`, and where it ends; no scope is one without text. Undefined when its brackets are odd. */
function scopeAt(subject: string, at: number): { text: string | undefined; end: number } | undefined {
  if (subject[at] !== '(') return { text: undefined, end: at };
  const end = subject.indexOf(')', at + 1);
  if (end === -1 || end > at + 1 + maxScope) return undefined;
  const text = subject.slice(at + 1, end).trim();
  if (text.includes('(')) return undefined;
  return { text: text === '' ? undefined : text, end: end + 1 };
}

const namesOf = ownValues((scope): readonly string[] =>
  scope.includes(',') ? scope.split(',').flatMap((name) => name.trim() || []) : [scope],
);

/** `a, b` names two. */
export function scopesOf(scope: string | undefined): readonly string[] {
  return scope === undefined ? none : namesOf(scope);
}

const none: readonly string[] = [];
