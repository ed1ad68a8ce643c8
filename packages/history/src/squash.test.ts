import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Commit } from './commit.ts';
import { splitMessage } from './message.ts';
import { parseCommit } from './parse-commit.ts';
import { expandSquash } from './squash.ts';

const squash = (...lines: readonly string[]): Commit => ({
  sha: 'a'.repeat(40),
  authorName: 'A',
  timestamp: 1,
  ...splitMessage(lines.join('\n')),
});
const subjects = (...lines: readonly string[]): readonly string[] => expandSquash(squash(...lines)).map(({ subject }) => subject);

// As GitHub writes it for a pull request with several commits and authors.
const gitHub = [
  'feat: new strategy (#2862)',
  '',
  '* feat: create strategy',
  '',
  'It has',
  '',
  '- a list',
  '- fix: not a part, the list has other bullets',
  '',
  'BREAKING CHANGE: the old one is gone',
  '',
  '* update unit tests',
  '',
  'with more text',
  '',
  '* fix(api)!: other paths',
  '',
  'Closes #7',
  '',
  '---------',
  '',
  'Co-authored-by: Z <z@example.org>',
];

describe('the list of a squash', () => {
  test('becomes commits, the newest first, and what is no part stays with the squash', () => {
    const [whole, ...parts] = expandSquash(squash(...gitHub)).map((commit) => parseCommit(commit));
    expect(whole).toMatchObject({
      subject: gitHub[0],
      part: undefined,
      pullRequest: 2862,
      breaking: undefined,
      coAuthors: [{ name: 'Z' }],
      warnings: [],
    });
    expect(parts).toMatchObject([
      { type: 'fix', scope: 'api', part: 2, pullRequest: 2862, breaking: 'other paths', issues: [{ number: 7 }], coAuthors: [] },
      { type: 'feat', description: 'create strategy', part: 1, pullRequest: 2862, breaking: 'the old one is gone', issues: [] },
    ]);
    expect(expandSquash(squash(...gitHub))[0]?.body).toContain('* update unit tests\n\nwith more text');
  });

  test('is left alone by whoever does not ask, but what breaks in it counts or is told', () => {
    expect(parseCommit(squash(...gitHub))).toMatchObject({ type: 'feat', breaking: 'the old one is gone', coAuthors: [{ name: 'Z' }] });
    expect(parseCommit(squash('feat: x', '', '* fix!: y'))).toMatchObject({
      breaking: undefined,
      warnings: [{ oddity: 'breaking-part', line: 3, column: 3 }],
    });
  });

  test('may have no blank lines between its entries', () => {
    expect(subjects('Update', '', '- feat: a', '- fix: b', '- tidy', '- docs: c')).toEqual(['Update', 'docs: c', 'fix: b', 'feat: a']);
  });

  test('needs known types, or ones that the project names', () => {
    const lines = ['Update', '', '* wibble: a', '', '* note: b'];
    expect(subjects(...lines)).toEqual(['Update']);
    expect(expandSquash(squash(...lines), new Set(['wibble'])).map(({ subject }) => subject)).toEqual(['Update', 'wibble: a']);
  });

  test('has reverts as parts', () => {
    expect(subjects('Update', '', '* feat: a', '', '* Revert "feat: a"')).toEqual(['Update', 'Revert "feat: a"', 'feat: a']);
  });
});

describe('what says the same is there once', () => {
  test('a part like the title leaves its text with the title', () => {
    const expanded = expandSquash(
      squash('fix(deps): update a (#2857)', '', '* fix(deps): Update  a', '', 'BREAKING CHANGE: y', '', '* fix(deps): b'),
    );
    expect(expanded.map((commit) => parseCommit(commit))).toMatchObject([
      { subject: 'fix(deps): update a (#2857)', breaking: 'y' },
      { subject: 'fix(deps): b', breaking: undefined },
    ]);
  });

  test('so do parts that are like another part', () => {
    expect(subjects('Update', '', '* fix: a', '', '* fix: a (#3)', '', '* FIX: a')).toEqual(['Update', 'fix: a']);
  });

  test('another scope, or a `!`, says something else', () => {
    expect(subjects('fix: a', '', '* fix(b): a', '', '* fix!: a')).toHaveLength(3);
  });
});

test.each([
  ['prose', ['feat: a', '', 'We say that', 'fix: x is wrong']],
  ['footers', ['feat: a', '', 'Fix: #12', 'Test: manual', 'Refs: #1']],
  ['an issue', ['feat: a', '', 'fix: #12']],
  ['no body', ['feat: a']],
  ['code', ['docs: a', '', '```', 'feat: b', '', '* fix: c', '```']],
  ['the title of a merge', ['Merge pull request #1 from a/b', '', 'feat: a', '', '* fix: b']],
])('%s is no list: the commit is returned as it is', (_, lines) => {
  const commit = squash(...lines);
  expect(expandSquash(commit)).toEqual([commit]);
});

test('warnings have the lines and columns of the whole message', () => {
  const lines = ['feat: a', '', '* fix: b', '', '* fix(x, y): c', '', 'text', 'BREAKING CHANGE: z', '', '---', 'Co-authored-by: nobody'];
  const warnings = expandSquash(squash(...lines)).flatMap((commit) => parseCommit(commit).warnings);
  expect(warnings.map(({ oddity, line, column }) => [oddity, line, column])).toEqual([
    ['co-author-unreadable', 11, undefined],
    ['scope-several', 5, 7],
    ['breaking-in-prose', 8, 1],
  ]);
});

describe('whatever the body (H4)', () => {
  const line = fc.constantFrom(
    '',
    '* feat: a',
    '* fix!: b',
    '- docs: c',
    'feat: d',
    'text',
    '---',
    'BREAKING CHANGE: e',
    '* f',
    '* Revert "feat: a"',
    '\r',
    '* feat: a (#3)',
  );

  test('every line stays with the squash or with one part, and a second time changes nothing', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const commit = squash('chore: x (#1)', '', ...lines);
        const [whole, ...parts] = expandSquash(commit);
        const texts = (bodies: readonly (string | undefined)[]) =>
          bodies
            .flatMap((body) => (body ?? '').split('\n').map((text) => text.trim()))
            .filter((text) => text !== '' && !/^(?:[*-] )?[a-z]+!?: |Revert/.test(text));
        expect(texts([whole?.body, ...parts.map(({ body }) => body)]).sort()).toEqual(texts([commit.body]).sort());
        expect(parts.flatMap((part) => expandSquash(part))).toEqual(parts);
        expect(parts.map(({ part }) => part?.number)).toEqual(parts.map((_, index) => parts.length - index));
      }),
    );
  });

  test.each(['* feat: a\n', '* feat: a\n\n', 'fix: b\n\n', '* ', '\n', '---\n'])('1 MiB of %j take a moment', (unit) => {
    const start = performance.now();
    expandSquash({ ...squash('feat: x'), body: unit.repeat((1024 * 1024) / unit.length) });
    expect(performance.now() - start).toBeLessThan(30_000);
  });

  test('100,000 different parts take a moment', () => {
    const body = Array.from({ length: 100_000 }, (_, index) => `* feat: ${index}`).join('\n');
    const start = performance.now();
    expect(expandSquash({ ...squash('feat: x'), body })).toHaveLength(100_001);
    expect(performance.now() - start).toBeLessThan(30_000);
  });
});
