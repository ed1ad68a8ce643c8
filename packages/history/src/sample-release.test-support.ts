import type { ParsedCommit } from './commit.ts';
import { defaultStyle, type NotesStyle } from './notes-style.ts';
import { parseCommit } from './parse-commit.ts';
import type { Release } from './release.ts';
import { repositoryLinks } from './repository-links.ts';

/** A commit whose SHA is one digit all over. */
export function commitOf(digit: string, subject: string, more: Partial<ParsedCommit> & { readonly body?: string } = {}): ParsedCommit {
  const { body = '', ...given } = more;
  return { ...parseCommit({ sha: digit.repeat(40), subject, body, authorName: 'A', timestamp: 1 }), ...given };
}

/** 2.0.0 after 1.4.0, of 2026-03-01, with something in every section. */
export const sampleRelease: Release = {
  name: 'v2.0.0',
  version: '2.0.0',
  sha: 'a'.repeat(40),
  timestamp: 1_772_323_200,
  previous: { name: 'v1.4.0', version: '1.4.0', reason: 'the greatest lower stable release' },
  commits: [
    commitOf('a', "Merge branch 'x'"),
    commitOf('b', 'feat(api)!: drop v1 (#30)', {
      body: 'Why.\n\nBREAKING CHANGE: clients must ask\nfor /v2.\n\nRun `migrate --all` once.',
      pullRequest: 30,
    }),
    commitOf('c', 'fix: no crash on an empty file (#12)', { pullRequest: 12 }),
    commitOf('d', 'feat: colours for <b>everyone</b> & @all'),
    commitOf('e', 'docs: explain'),
    commitOf('f', 'Tidy up'),
    commitOf('1', 'feat(cli): progress'),
    commitOf('2', 'perf: twice as fast'),
    commitOf('3', 'chore(deps): update'),
    commitOf('4', 'Revert "feat: old"', { body: 'This reverts commit 9999999.' }),
    commitOf('5', 'refactor!: rename'),
  ],
  count: 13,
  contributors: [
    { name: 'Ann *Star* <b>', email: 'ann@example.org', commits: 8, isFirst: false },
    { name: 'Zoë @all', email: 'zoe@example.org', commits: 5, isFirst: true },
  ],
};

export const linkedStyle: NotesStyle = { ...defaultStyle, links: repositoryLinks('https://git.example.org/a/b') };

/** All commits' texts are hostile, in every place a writer may show. */
export function hostileRelease(text: string): Release {
  const commit: ParsedCommit = {
    ...commitOf('a', text),
    kind: 'conventional',
    type: 'feat',
    scope: text,
    description: text,
  };
  return {
    ...sampleRelease,
    commits: [
      commit,
      { ...commit, breaking: text },
      { ...commit, breaking: `x\n\n${text}` },
      { ...commit, type: undefined, kind: 'other' },
    ],
    contributors: [{ name: text, email: text, commits: 1, isFirst: true }],
  };
}
