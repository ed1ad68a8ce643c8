import { describe, expect, test } from '@jest/globals';
import type { ParsedCommit } from './commit.ts';
import { splitMessage } from './message.ts';
import { parseCommit } from './parse-commit.ts';
import { expandSquash } from './squash.ts';

const base = { sha: 'a'.repeat(40), authorName: 'A', timestamp: 1 };
const parse = (...lines: readonly string[]): ParsedCommit => parseCommit({ ...base, ...splitMessage(lines.join('\n')) });
const numbers = ({ issues }: ParsedCommit): readonly string[] =>
  issues.map(({ action, repository = '', number }) => `${action} ${repository}#${number}`);
const expand = (...lines: readonly string[]): readonly string[] =>
  expandSquash({ ...base, ...splitMessage(lines.join('\n')) }).map(({ subject }) => subject);

// The situations that the tests of conventional-commits-parser describe, in words and answers of our own.
describe('what is known from conventional-commits-parser', () => {
  test('closing footers below prose without a blank line between are not read', () => {
    expect(numbers(parse('feat(list): own separator', 'some prose', '', 'Closes #123', 'Closes #25', 'Fixes #33'))).toEqual([
      'close #123',
      'close #25',
      'close #33',
    ]);
    expect(numbers(parse('feat: x', '', 'some prose', 'Closes #123'))).toEqual([]);
  });

  test('one footer names several issues, of other repositories as well', () => {
    expect(numbers(parse('fix: x', '', 'Closes: #1, #2, other/name#3', 'Fixes other/name#4', 'Resolves GH-5'))).toEqual([
      'close #1',
      'close #2',
      'close other/name#3',
      'close other/name#4',
      'close #5',
    ]);
  });

  test('an issue named twice is listed once, as closed if a footer closes it', () => {
    expect(numbers(parse('fix: x', '', 'Refs: #1', 'Closes #1', 'Fixes #1', 'Refs #1'))).toEqual(['close #1']);
  });

  test('numbers inside addresses and words are no issues', () => {
    expect(numbers(parse('fix: x', '', 'Refs: https://example.org/a#1 a#2 #3b PROJ-4'))).toEqual([]);
  });

  test('what breaks ends before an issue footer that ends in a full stop', () => {
    expect(parse('feat!: x', '', 'BREAKING CHANGE: effect replaces hidden.', '', 'Fixes #1476.')).toMatchObject({
      breaking: 'effect replaces hidden.',
      issues: [{ action: 'close', number: 1476 }],
    });
  });

  test('a sentence that fixes something inside what breaks is part of it', () => {
    const lines = ['effect replaces hidden.', 'This fixes #1476.', 'Consumers have to change. See #4, if', 'you like.'];
    expect(parse('feat!: x', '', `BREAKING CHANGE: ${lines.join('\n')}`)).toMatchObject({ breaking: lines.join('\n'), issues: [] });
  });

  test('what breaks ends before the co-authors', () => {
    expect(parse('feat!: x', '', 'BREAKING CHANGE: the API.', '', 'Co-authored-by: Z Y <Z@example.org>')).toMatchObject({
      breaking: 'the API.',
      coAuthors: [{ name: 'Z Y', email: 'z@example.org' }],
    });
  });

  test('an update of dependencies with a YAML block has its sign-off, and nothing breaks', () => {
    const yaml = ['---', 'updated-dependencies:', '- dependency-name: "foo"', '  dependency-version: 2.0.0', '...'];
    const commit = parse('chore(deps): bump foo', '', 'Bumps foo.', '', ...yaml, '', 'Signed-off-by: bot[bot] <bot@example.org>');
    expect(commit).toMatchObject({ type: 'chore', scope: 'deps', breaking: undefined, warnings: [] });
  });

  test('a wrapped sentence about breaking changes breaks nothing', () => {
    const wrapped = parse('docs(repo): list the', 'breaking changes #DS-2683', '', '- take the verbose', '  breaking-change footers apart');
    expect(wrapped).toMatchObject({ type: 'docs', breaking: undefined });
    expect(wrapped.warnings.map(({ oddity }) => oddity)).toEqual(['no-blank-line']);
    expect(parse('feat: x', '', 'BREAKING CHANGE was discussed but there is none.')).toMatchObject({ breaking: undefined, warnings: [] });
  });

  test('what breaks may be in paragraphs, and have code', () => {
    expect(parse('feat: x', '', 'BREAKING CHANGE: do', '', '```', 'code here', '```', '', 'Closes #1').breaking).toBe(
      'do\n\n```\ncode here\n```',
    );
  });

  test('an indented breaking footer is none, and its author is told', () => {
    expect(parse('feat: x', '', '  BREAKING CHANGE: y')).toMatchObject({ breaking: undefined, warnings: [{ line: 3, column: 3 }] });
  });

  test('a breaking bullet is none, and its author is told', () => {
    expect(parse('feat: x', '', '* BREAKING CHANGE: y')).toMatchObject({
      breaking: undefined,
      warnings: [{ oddity: 'breaking-in-bullet' }],
    });
  });

  test.each(['hello/world', '@org/hello-world', 'ng:list', 'fix:subcategory', 'a.b-c_d $*', 'http parser'])(
    'a scope may be %j',
    (scope) => {
      expect(parse(`feat(${scope}): x`)).toMatchObject({ type: 'feat', scope, description: 'x' });
      expect(parse(`feat(${scope})!: x`)).toMatchObject({ scope, breaking: 'x' });
    },
  );

  test('blank lines before the header and many after it do not matter', () => {
    expect(
      parse('', '', 'feat(a): b', '', '', '', 'text', '', '', 'BREAKING CHANGE: c', '', '', 'BREAKING CHANGE: d', '', 'Closes #1', ''),
    ).toMatchObject({
      type: 'feat',
      breaking: 'c\nd',
      issues: [{ number: 1 }],
      warnings: [],
    });
  });

  test('a number in a subject that is not at its end in brackets is no pull request', () => {
    expect([parse('Subject #1').pullRequest, parse('fix: x (#1) more').pullRequest, parse('fix: x (#12)').pullRequest]).toEqual([
      undefined,
      undefined,
      12,
    ]);
  });

  test('a revert is one with any part of its body missing', () => {
    expect(parse('Revert "feat: x"').kind).toBe('revert');
    expect(parse('Revert "feat: x"', 'This reverts commit 0123456.').kind).toBe('revert');
  });

  test('a million empty lines take a moment', () => {
    expect(parse(`fix: b${'\r\n'.repeat(1_000_000)}b`)).toMatchObject({ type: 'fix', description: 'b' });
  });
});

describe('what is known from the parser that release-please uses', () => {
  test('blanks after the colon are many or none', () => {
    expect(parse('feat(tree):    text').description).toBe('text');
    expect(parse('feat(tree):text')).toMatchObject({ kind: 'other', warnings: [{ oddity: 'no-blank-after-colon', line: 1, column: 12 }] });
  });

  test.each([
    ['feat add scopes', undefined],
    ['feat( foo ) add scopes', undefined],
    ['feat(bar)! add a change', undefined],
    ['feat(foo: add scopes', 'scope-brackets'],
  ])('%j is no header', (subject, oddity) => {
    expect(parse(subject)).toMatchObject({ kind: 'other', warnings: oddity === undefined ? [] : [{ oddity }] });
  });

  test('footers right below the header are footers', () => {
    expect(parse('fix: x', 'BREAKING CHANGE: first', ' second', ' third').breaking).toBe('first\n second\n third');
    expect(parse('fix: x', 'BREAKING-CHANGE: first').breaking).toBe('first');
  });

  test.each([
    ['a word with brackets in brackets', 'MIN(COALESCE(placedAt, createdAt)) read over order_records'],
    ['a bracket that never ends', '"call(\'tool_"` cannot see it. A name'],
    ['a line that ends in a bracket', 'foo(bar\nand more'],
    ['a line of dashes', '-----'],
    ['HTML', '<details>\n<summary>Notes</summary>\n<a\nhref="https://example.org">#1</a> (<a>'],
  ])('a body with %s loses nothing', (_, body) => {
    expect(parse('feat(orders,analytics): read model (#2014)', '', body, '', 'BREAKING CHANGE: y')).toMatchObject({
      type: 'feat',
      scopes: ['orders', 'analytics'],
      pullRequest: 2014,
      breaking: 'y',
    });
  });
});

describe('what is known from release-please', () => {
  test('what breaks may go on for lines and as a list', () => {
    expect(parse('chore: x', '', 'BREAKING CHANGE: we were on Node 6', 'second line', 'third line').breaking).toContain('third line');
    expect(parse('chore: x', '', 'BREAKING CHANGE: we were on Node 6', '- no foo', '- no bar').breaking).toContain('\n- no foo\n- no bar');
  });

  test('other parts of a squash are not what breaks', () => {
    const squash = ['fix: some fix (#1234)', '', '* fix: before', '', '* fix: this', '', 'BREAKING CHANGE: my comment', '', '* fix: after'];
    expect(parse(...squash).breaking).toBe('my comment');
  });

  test('a footer inside a paragraph is told, since another tool takes it for breaking', () => {
    expect(parse('fix: x', '', 'some body', 'Source-Link: y', 'BREAKING CHANGE: z')).toMatchObject({
      breaking: undefined,
      warnings: [{ oddity: 'breaking-in-prose', line: 5 }],
    });
  });

  test('Release-As is a footer of its own', () => {
    expect(parse('chore: x', '', 'Release-As: v3.0.0')).toMatchObject({ releaseAs: 'v3.0.0', breaking: undefined });
    expect(parse('chore: x', '', 'Release-As: 1.0.0', 'Release-As: 2.0.0')).toMatchObject({
      releaseAs: '2.0.0',
      warnings: [{ oddity: 'release-as-several' }],
    });
  });

  test('several messages in one are told apart on request', () => {
    const lines = [
      'feat: adds v4',
      '',
      'This adds v4.',
      '',
      'fix(utils): no exception',
      '',
      '- more',
      '',
      'feat(utils): encode',
      '',
      '- more',
    ];
    expect(expand(...lines)).toEqual(['feat: adds v4', 'feat(utils): encode', 'fix(utils): no exception']);
    expect(expand('feat: some feature', '', 'fix: some fix')).toEqual(['feat: some feature', 'fix: some fix']);
    expect(expand('meta: several', '', 'Details.', '', 'fix: fixes bug #733', 'feat(a): b', '  Committer: @c')).toEqual([
      'meta: several',
      'feat(a): b',
      'fix: fixes bug #733',
    ]);
  });

  test('the list of a squash is told apart on request, each with its own type', () => {
    expect(expand('feat: #37 test', '', '* fix: #37 add', '', '* feat: #37 comment')).toEqual([
      'feat: #37 test',
      'feat: #37 comment',
      'fix: #37 add',
    ]);
  });

  test('the notes of a dependency inside a body are no messages', () => {
    const notes = ['Bumps [a](https://example.org)', 'from 1 to 2.', '<details>', '<h3>Features</h3>', '<li>feat: handle', 'several</li>'];
    expect(expand('fix: bump a (#1032)', '', ...notes)).toEqual(['fix: bump a (#1032)']);
  });
});
