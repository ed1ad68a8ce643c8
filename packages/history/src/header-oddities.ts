import type { CommitOddity } from './commit-warning.ts';
import { type Header, knownTypes, parseHeader } from './header.ts';

interface Oddity {
  readonly oddity: CommitOddity;
  /** Of the subject, from 1. */
  readonly column: number;
}

// What people put before the type: [tags], #12, tickets, :pictures: and pictures.
const prefix =
  /^(?:\[[^\]]{1,40}\]|#\d{1,10}|[A-Z][A-Z0-9]{1,9}-\d{1,10}|:[a-z0-9_+-]{1,40}:|[\p{Extended_Pictographic}\p{Emoji_Modifier}\u200d\ufe0f]{1,10})[\s:|-]{0,5}/u;

/** Longer headers are told nothing about; their begin is looked at only. */
const maxHead = 300;

/**
 * What keeps a subject from being a conventional header, when it looks as if it were meant as one: it begins with a
 * known type, or only a tag, a ticket or a picture stands before it. Undefined for prose. Time does not depend on the length.
 */
export function nearHeader(subject: string): Oddity | undefined {
  const head = subject.slice(0, maxHead);
  const word = /^[A-Za-z]{1,20}/.exec(head)?.[0];
  if (word !== undefined && knownTypes.has(word.toLowerCase())) return afterType(head, word.length);
  if (/^BREAKING CHANGES?(?: ?\([^()]{0,100}\))?!? ?:/i.test(head)) return { oddity: 'breaking-header', column: 1 };
  const before = prefix.exec(head)?.[0].length;
  if (before === undefined) return undefined;
  const header = parseHeader(head.slice(before));
  return header !== undefined && knownTypes.has(header.type) ? { oddity: 'prefix-before-type', column: 1 } : undefined;
}

function afterType(head: string, start: number): Oddity | undefined {
  const scope = /^\s{1,5}\([^()]{0,100}\)!?:/.test(head.slice(start, start + 120));
  if (scope) return { oddity: 'blank-before-scope', column: start + 1 };
  if (head[start] === '(') return afterBracket(head, start);
  return beforeColon(head, start);
}

function afterBracket(head: string, start: number): Oddity | undefined {
  const end = /^\([^()]{0,100}\)/.exec(head.slice(start))?.[0].length;
  // Prose has brackets as well; a header has a colon behind them, as far as one can see.
  if (end === undefined || head[start + end] === '(')
    return head.indexOf(':', start) === -1 ? undefined : { oddity: 'scope-brackets', column: start + 1 };
  return beforeColon(head, start + end);
}

/** `at` is where the colon, or `!` and colon, should be. */
function beforeColon(head: string, at: number): Oddity | undefined {
  const [, blanks = '', bangs = '', inner = '', colon] =
    /^(\s{0,5})(!{0,5})((?:\([^()]{0,100}\))?\s{0,5}!{0,5})([:：])/.exec(head.slice(at)) ?? [];
  if (colon === undefined) return undefined;
  const end = at + blanks.length + bangs.length + inner.length;
  if (bangs.length + inner.length > 1 || inner !== '') return { oddity: 'bang-out-of-place', column: at + 1 };
  if (blanks !== '') return { oddity: 'blank-before-colon', column: at + 1 };
  if (colon === '：') return { oddity: 'wide-colon', column: end + 1 };
  if (head.slice(end + 1).trim() === '') return { oddity: 'description-empty', column: end + 2 };
  return { oddity: 'no-blank-after-colon', column: end + 2 };
}

/** What is odd about a header that counts. `types`: those a project knows. */
export function oddHeader(subject: string, header: Header, scopes: number, types: ReadonlySet<string> | undefined): readonly Oddity[] {
  const found: Oddity[] = [];
  if (/^breaking(?:-?changes?)?$/.test(header.type)) found.push({ oddity: 'breaking-header', column: 1 });
  else if (types !== undefined && !types.has(header.type)) found.push({ oddity: 'type-unknown', column: 1 });
  const bracket = scopes === 1 ? -1 : subject.indexOf('(');
  if (scopes > 1) found.push({ oddity: 'scope-several', column: bracket + 2 });
  // `getName(): text` names a function.
  if (scopes === 0 && knownTypes.has(header.type) && bracket !== -1 && bracket < subject.indexOf(':'))
    found.push({ oddity: 'scope-empty', column: bracket + 1 });
  return found;
}
