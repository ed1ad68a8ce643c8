/** What is odd, for tests and for those who leave some out. */
export type CommitOddity =
  | 'no-blank-line'
  | 'no-blank-after-colon'
  | 'blank-before-colon'
  | 'blank-before-scope'
  | 'wide-colon'
  | 'prefix-before-type'
  | 'bang-out-of-place'
  | 'scope-brackets'
  | 'scope-empty'
  | 'scope-several'
  | 'description-empty'
  | 'type-unknown'
  | 'breaking-header'
  | 'breaking-spelling'
  | 'breaking-in-prose'
  | 'breaking-in-bullet'
  | 'breaking-part'
  | 'breaking-empty'
  | 'footer-spelling'
  | 'footer-in-prose'
  | 'co-author-unreadable'
  | 'release-as-several'
  | 'not-conventional'
  | 'breaking-unexplained';

/** One place of a message that may mean something else than its author thinks. No stranger's text is in it. */
export interface CommitWarning {
  readonly oddity: CommitOddity;
  /** Of the message, from 1: the subject. */
  readonly line: number;
  /** Of that line, from 1, in UTF-16 units. */
  readonly column?: number;
  /** A sentence for the author, which says what to write. */
  readonly text: string;
}

const sentences: Readonly<Record<CommitOddity, string>> = {
  'no-blank-line': 'the line after the header is not blank; git takes both for one subject',
  'no-blank-after-colon': 'a blank has to follow the colon of the header (`fix: text`), so this is no conventional commit',
  'blank-before-colon': 'no blank may stand before the colon of the header (`fix: text`), so this is no conventional commit',
  'blank-before-scope': 'no blank may stand between type and scope (`fix(scope): text`), so this is no conventional commit',
  'wide-colon': 'the header has a wide colon; write `:` and a blank',
  'prefix-before-type': 'something stands before the type; a header begins with it (`fix: text`), so this is no conventional commit',
  'bang-out-of-place': 'one `!` stands right before the colon (`feat(scope)!: text`), so this is no conventional commit',
  'scope-brackets': 'a scope is one pair of brackets without others inside (`fix(scope): text`), so this is no conventional commit',
  'scope-empty': 'the scope is empty; write one or leave the brackets out',
  'scope-several': 'the header names several scopes; Conventional Commits knows one',
  'description-empty': 'the header has no description, so this is no conventional commit',
  'type-unknown': 'the type is none of this project',
  'breaking-header': 'a header begins with a type; tell what breaks by `!` (`feat!: text`) or by a footer',
  'breaking-spelling':
    'this is no breaking footer; write `BREAKING CHANGE: text` in upper case, with colon and blank, at the begin of a line',
  'breaking-in-prose': 'this breaking footer stands inside a paragraph and does not count; put a blank line before it',
  'breaking-in-bullet': 'a breaking footer in a list does not count; write `BREAKING CHANGE: text` after a blank line',
  'breaking-part': 'this part of the squash is breaking, but nothing says so for the whole: add `!` to the header or a breaking footer',
  'breaking-empty': 'the breaking footer is empty; say what breaks and what to do about it',
  'footer-spelling': 'this is no footer; write the word with hyphens, a colon and a blank (`Co-authored-by: Name <address>`)',
  'footer-in-prose': 'this footer stands inside a paragraph and does not count; put a blank line before it',
  'co-author-unreadable': 'the co-author is not of the form `Name <address>`',
  'release-as-several': 'there is more than one Release-As footer; the last one counts',
  'not-conventional': 'the header is not conventional; write type, colon, blank and what changed (`fix: text`)',
  'breaking-unexplained': 'say in a footer what breaks and what users have to do (`BREAKING CHANGE: text`)',
};

/** No message needs more; those after these are not kept. */
export const maxWarnings = 20;

export function warn(warnings: CommitWarning[], oddity: CommitOddity, line: number, column?: number): void {
  if (warnings.length >= maxWarnings) return;
  const text = sentences[oddity];
  warnings.push(column === undefined ? { oddity, line, text } : { oddity, line, column, text });
}
