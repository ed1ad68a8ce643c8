import { type CommitOddity, checkMessage, type Grammar, parseCommit } from '@release-kit/history';
import { correctedHeader } from './corrected-header.ts';

/** A title or a commit message that may become part of the history; all text is a stranger's. */
export interface CheckedMessage {
  readonly where: MessageSource;
  readonly subject: string;
  readonly body: string;
  readonly bodyLine: number;
  /** Whether it surely becomes part of the history; what only may is warned of. */
  readonly sure: boolean;
}

export type MessageSource =
  | { readonly kind: 'title'; readonly number: number }
  | { readonly kind: 'commit'; readonly sha: string }
  | { readonly kind: 'file'; readonly path: string };

export interface MessageProblem {
  readonly where: MessageSource;
  /** Of the message. */
  readonly subject: string;
  readonly level: 'error' | 'warning';
  readonly oddity: CommitOddity | 'fixup';
  /** Of the message, from 1. */
  readonly line: number;
  readonly column: number | undefined;
  /** A sentence that says what to write; no stranger's text. */
  readonly text: string;
  /** The header as it may have been meant; a stranger's text. */
  readonly example: string | undefined;
}

/** What would be lost or misread: the type is none of the project, or what breaks is not taken for breaking. */
const broken: ReadonlySet<CommitOddity> = new Set(['type-unknown', 'breaking-header']);

/**
 * The problems of a message, in the order of its lines. A header that is no conventional one, an unknown type, and a fixup that would stay are errors;
 * all else is worth a look. Of a title only what concerns the title: the text below it is the description, which people do not write as a commit.
 */
export function problemsOf(message: CheckedMessage, grammar: Grammar): readonly MessageProblem[] {
  const { where, subject, sure } = message;
  const commit = { sha: '', authorName: '', timestamp: 0, subject, body: message.body, bodyLine: message.bodyLine };
  const { kind, fixupOf } = parseCommit(commit, grammar);
  const problem = (oddity: MessageProblem['oddity'], isError: boolean, text: string, line: number, column?: number): MessageProblem => ({
    ...{ where, subject, oddity, line, column },
    text: oddity === 'type-unknown' ? `${text}${knownWords(grammar)}` : text,
    level: isError && sure ? 'error' : 'warning',
    example: line === 1 && oddity !== 'fixup' ? correctedHeader(subject, grammar) : undefined,
  });
  const fixup = 'this commit belongs to another one and would stay as it is; squash it (`git rebase --autosquash`)';
  const told = checkMessage(commit, grammar)
    .filter(({ line, oddity }) => where.kind !== 'title' || line === 1 || oddity === 'breaking-empty')
    .map(({ oddity, line, column, text }) => problem(oddity, broken.has(oddity) || (line === 1 && kind === 'other'), text, line, column));
  return fixupOf === undefined ? told : [problem('fixup', true, fixup, 1), ...told];
}

/** The types that one may choose from; names of the project's own configuration. */
function knownWords({ types }: Grammar): string {
  return types === undefined ? '' : `, which has ${[...types].sort().slice(0, 30).join(', ')}`;
}
