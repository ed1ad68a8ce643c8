import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ParsedCommit } from './commit.ts';
import { notesOf } from './notes.ts';
import { defaultStyle } from './notes-style.ts';
import { parseCommit } from './parse-commit.ts';
import { sampleRelease } from './sample-release.test-support.ts';

const commit = (digit: string, subject: string, body = '') =>
  parseCommit({ sha: digit.repeat(40), subject, body, authorName: 'A', timestamp: 1 });

const previous = { name: 'v1.2.0', version: '1.2.0', reason: '' };
const notes = (commits: readonly ParsedCommit[], more: { readonly previous?: typeof previous | undefined } = { previous }) =>
  notesOf({ ...sampleRelease, previous: more.previous, commits, count: commits.length, contributors: [] }, defaultStyle);

test('notes are grouped, in a fixed order, the same bytes every time', () => {
  const commits = [
    commit('a', "Merge branch 'x'"),
    commit('b', 'feat(api)!: drop v1', 'Why.\n\nBREAKING CHANGE: clients must ask\nfor /v2.\nRefs: 1'),
    commit('c', 'fix: no crash on an empty file (#12)'),
    commit('d', 'feat: colours'),
    commit('e', 'docs: explain'),
    commit('f', 'Tidy up'),
    commit('0', 'diff: a prefix of ours'),
    commit('1', 'feat(cli): progress'),
    commit('2', 'perf: twice as fast'),
    commit('3', 'chore(deps): update'),
    commit('4', 'Revert "feat: old"', 'This reverts commit 9999999.'),
    commit('5', 'refactor!: rename'),
    commit('6', ''),
  ];
  const golden = readFileSync(join(import.meta.dirname, 'fixtures/notes.md'), 'utf8');
  expect(notes(commits)).toBe(golden);
});

test('a first release says so, and one without an entry as well', () => {
  expect(notes([commit('a', 'feat: x')], { previous: undefined })).toBe(
    '## Features\n\n- x (`aaaaaaa`)\n\nFirst release: all commits up to `v2.0.0` (1 commit).\n',
  );
  expect(notes([commit('a', "Merge branch 'x'")])).toBe(
    'No changes to list.\n\nCompared: `v1.2.0...v2.0.0` (1 commit, 1 of them a merge).\n',
  );
});

describe('text of commits is inert (H5)', () => {
  const line = (subject: string, body = '') => notes([commit('a', subject, body)]);

  test.each([
    ['a mention', 'feat: thank @everyone', /@everyone/],
    ['an issue closer', 'fix: fixes #12', /#12/],
    ['another repository', 'fix: closes a/b#12', /#12/],
    ['the other form', 'fix: closes GH-12', /GH-12/],
    ['HTML', 'feat: </details><img src=x onerror=y>', /<(?!!)/],
    ['a comment', 'feat: <!-- x', /<!--/],
    ['a link', 'feat: [x](javascript:alert)', /(?<!\\)\[x/],
    ['an address', 'feat: see https://example.org and www.example.org', /https:|www\./],
    ['a table', 'feat: a | b', /[^\\]\|/],
    ['emphasis', 'feat: **a** _b_ ~~c~~ `d', /(?<!\\)[*_~]a|(?<!\\)`d/],
    ['a workflow command', 'feat: ##[add-mask]a', /##\[/],
    ['control characters', 'feat: a\u001b[31m\u0008\rb', /[\u001b\u0008\r]/],
    ['a direction mark', 'feat: a\u202eb', /\u202e/],
    ['a hidden scope', 'feat(</b>@x): y', /<\/b>|@x/],
    ['a breaking text', 'feat!: a', /@team|<b>/, 'BREAKING CHANGE: @team <b>'],
  ])('%s', (_, subject, forbidden, body = '') => {
    expect(line(subject, body)).not.toMatch(forbidden);
  });

  test.each([
    ['feat: # big', '- \\# big'],
    ['feat: - item', '- \\- item'],
    ['feat: 1. item', '- 1\\. item'],
    ['feat: + item', '- \\+ item'],
    ['feat: ===', '- \\==='],
    ['feat: a\n## b', '- a ## b'],
  ])('%j starts no block of its own', (subject, expected) => {
    expect(line(subject)).toContain(`\n${expected} (\`aaaaaaa\`)\n`);
  });

  test('the number of a pull request stays readable', () => {
    expect(line('fix: x (#12)').replaceAll('\u200b', '')).toContain('x (#12)');
  });
});

test('a long subject is cut', () => {
  expect(notes([commit('a', `feat: ${'😀'.repeat(1000)}`)])).toContain(`- ${'😀'.repeat(299)}… (`);
});

test('what release requests of ours committed is counted, not listed, unless it breaks something', () => {
  const trailer = `Release-Request: ${'1'.repeat(40)} ${'2'.repeat(64)}`;
  const marked = 'Text.\n\n<!-- release-kit: release request v1.3.0 -->\n\nmore';
  const text = notes([
    commit('a', 'fix: x'),
    commit('b', 'chore(release): 1.3.0 (#12)', trailer),
    commit('c', 'chore(release): 1.2.0', marked),
    commit('d', 'chore(release)!: 1.1.0', trailer),
    commit('e', 'chore(release): by hand', 'Release-Request: 1.0.0'),
    commit('f', 'fix: y', trailer),
  ]);
  expect(text.match(/`.{7}`/g)).toEqual(['`ddddddd`', '`aaaaaaa`', '`fffffff`', '`eeeeeee`']);
  expect(text).toContain('2 more commits are not listed.');
  expect(text).toContain('(6 commits)');
});
