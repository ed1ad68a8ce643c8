import { describe, expect, test } from '@jest/globals';
import { maxWarnings } from './commit-warning.ts';
import { parseCommit } from './parse-commit.ts';

const parse = (body: string, subject = 'fix: x') => parseCommit({ sha: 'a'.repeat(40), subject, body, authorName: 'A', timestamp: 1 });
/** Places are of the whole message: the body begins on line 3. */
const warned = (body: string, subject?: string) =>
  parse(body, subject).warnings.map(({ oddity, line, column = 0 }) => `${line}:${column} ${oddity}`);

describe('what looks like a breaking footer and is none', () => {
  test.each([
    ['breaking change: y', '3:1 breaking-spelling'],
    ['Breaking-Change: y', '3:1 breaking-spelling'],
    ['BREAKING CHANGES: y', '3:1 breaking-spelling'],
    ['BREAKING_CHANGE: y', '3:1 breaking-spelling'],
    ['BREAKINGCHANGE: y', '3:1 breaking-spelling'],
    ['BREAKING: y', '3:1 breaking-spelling'],
    ['BREAKING CHANGE:y', '3:1 breaking-spelling'],
    ['BREAKING CHANGE : y', '3:1 breaking-spelling'],
    ['BREAKING CHANGE - y', '3:1 breaking-spelling'],
    ['BREAKING CHANGE #1', '3:1 breaking-spelling'],
    ['BREAKING CHANGE', '3:1 breaking-spelling'],
    ['**BREAKING CHANGE**: y', '3:3 breaking-spelling'],
    ['## Breaking changes', '3:4 breaking-spelling'],
    ['> BREAKING CHANGE: y', '3:3 breaking-spelling'],
    ['    BREAKING CHANGE: y', '3:5 breaking-spelling'],
    ['text\n\nbreaking change: y', '5:1 breaking-spelling'],
    ['text\nBREAKING CHANGE: y', '4:1 breaking-in-prose'],
    ['text\nBREAKING-CHANGE: y\nSigned-off-by: A <a@example.org>', '4:1 breaking-in-prose'],
    ['* BREAKING CHANGE: y', '3:3 breaking-in-bullet'],
    ['- Breaking change: y', '3:3 breaking-in-bullet'],
    ['* feat!: y', '3:3 breaking-part'],
    ['* feat(a)!: y', '3:3 breaking-part'],
  ])('%j is told: %s', (body, expected) => {
    expect(parse(body).breaking).toBeUndefined();
    expect(warned(body)).toEqual([expected]);
  });

  test.each([
    'There is no BREAKING CHANGE: here',
    'text about\nbreaking changes',
    'BREAKING CHANGE was discussed',
    'breaking changes #DS-1',
    'A list:\n* breaking things is easy',
    '* feat: y',
    'BREAKING CHANGE: y',
  ])('%j is not', (body) => {
    expect(warned(body)).toEqual([]);
  });

  test('an empty breaking footer counts, in the words of the header', () => {
    expect(parse('BREAKING CHANGE:')).toMatchObject({ breaking: 'x', warnings: [{ oddity: 'breaking-empty', line: 3 }] });
  });

  test('a breaking part is told only when the whole does not say so', () => {
    expect(warned('* feat!: y', 'fix!: x')).toEqual([]);
    expect(warned('* feat!: y\n\nBREAKING CHANGE: z')).toEqual([]);
  });
});

describe('what looks like another footer and is none', () => {
  test.each([
    ['Co-authored by: Z <z@example.org>', '3:1 footer-spelling'],
    ['Co Authored By: Z <z@example.org>', '3:1 footer-spelling'],
    ['Signed off by: Z <z@example.org>', '3:1 footer-spelling'],
    ['Release As: 2.0.0', '3:1 footer-spelling'],
    ['Release-As 2.0.0', '3:1 footer-spelling'],
    ['text\nCo-authored-by: Z <z@example.org>', '4:1 footer-in-prose'],
    ['text\nRelease-As: 2.0.0', '4:1 footer-in-prose'],
    ['Co-authored-by: Z', '3:0 co-author-unreadable'],
    ['Co-authored-by: <z@example.org>', '3:0 co-author-unreadable'],
    ['Co-authored-by: Z <z example.org>', '3:0 co-author-unreadable'],
  ])('%j is told: %s', (body, expected) => {
    expect(parse(body)).toMatchObject({ coAuthors: [], releaseAs: undefined });
    expect(warned(body)).toEqual([expected]);
  });

  test.each([
    'Reviewed by the team',
    'Release as soon as possible',
    'Co-authored-by: Z <z@example.org>',
    'Co-authored-by:Z <z@example.org>',
  ])('%j is not', (body) => {
    expect(warned(body)).toEqual([]);
  });
});

test('co-authors are read after the dashed line of a squash, each once, folded or not', () => {
  const names = ['Co-authored-by: Z <Z@example.org>', 'co-authored-by: Zed <z@example.org>', 'Co-Authored-By: Y\n <y@example.org>'];
  expect(parse(`* a\n\n* b\n\n---------\n\n${names.join('\n')}`).coAuthors).toEqual([
    { name: 'Z', email: 'z@example.org' },
    { name: 'Y', email: 'y@example.org' },
  ]);
  expect(parse('text\n\n---------\nCo-authored-by: Z <z@example.org>').coAuthors).toHaveLength(1);
});

test('a message has a limited number of warnings, none with text of strangers', () => {
  const found = parse('breaking change: @everyone\n\n'.repeat(1000)).warnings;
  expect(found).toHaveLength(maxWarnings);
  expect(new Set(found.map(({ text }) => text)).size).toBe(1);
  expect(found[0]?.text).not.toContain('@');
});
