import { describe, expect, test } from '@jest/globals';
import { anyCharacter } from '@release-kit/action/any-character';
import fc from 'fast-check';
import type { ParsedCommit } from './commit.ts';
import { parseCommit } from './parse-commit.ts';

const parse = (subject: string, body = ''): ParsedCommit =>
  parseCommit({ sha: 'a'.repeat(40), subject, body, authorName: 'A', timestamp: 1 });

describe('the header decides what a commit is (Conventional Commits 1.0.0)', () => {
  test.each([
    ['feat: x', { kind: 'conventional', type: 'feat', scope: undefined, description: 'x', breaking: undefined }],
    ['Feat: x', { type: 'feat' }],
    ['fix(parser): a (#12)', { type: 'fix', scope: 'parser', description: 'a (#12)' }],
    ['fix(a, b/c): x', { type: 'fix', scope: 'a, b/c' }],
    ['fix(): x', { type: 'fix', scope: undefined, description: 'x' }],
    ['feat!: drop v1', { type: 'feat', breaking: 'drop v1' }],
    ['feat(api)!: drop v1', { scope: 'api', breaking: 'drop v1' }],
    ['  fix:\tx  ', { type: 'fix', description: 'x' }],
    ['revert: feat: x', { kind: 'revert', type: 'revert', description: 'feat: x' }],
    ['build-deps: x', { type: 'build-deps' }],
    ['feat: x: y', { description: 'x: y' }],
  ])('%j', (subject, expected) => {
    expect(parse(subject)).toMatchObject(expected);
  });

  test.each([
    'feat:x',
    'feat : x',
    'feat:',
    'feat: ',
    ': x',
    '(a): x',
    'feat(a)(b): x',
    'feat(a(b)): x',
    'feat(a: x',
    'feat!!: x',
    '✨ feat: x',
    'https://example.org',
    'Update README',
    '',
    `${'x'.repeat(101)}: y`,
  ])('%j is no conventional header, but still a commit', (subject) => {
    expect(parse(subject)).toMatchObject({ kind: 'other', type: undefined, description: subject.trim(), breaking: undefined });
  });

  test.each(["Merge branch 'a'", 'Merge pull request #1 from a/b', "Merge tag 'v1' into x", "Merge remote-tracking branch 'o/a'"])(
    '%j is a merge',
    (subject) => {
      expect(parse(subject).kind).toBe('merge');
    },
  );

  test('a sentence that begins with Merge is not', () => {
    expect(parse('Merge the two parsers').kind).toBe('other');
  });
});

describe('a breaking footer', () => {
  test.each([
    ['alone', 'BREAKING CHANGE: gone', 'gone'],
    ['with a hyphen', 'BREAKING-CHANGE: gone', 'gone'],
    ['after prose', 'Some words.\n\nBREAKING CHANGE: gone', 'gone'],
    [
      'over lines, up to the next trailer',
      'Why.\n\nBREAKING CHANGE: gone\nfor good\n\nreally\nReviewed-by: Z\nRefs #12',
      'gone\nfor good\n\nreally',
    ],
    ['after another trailer', 'Refs: 1\nBREAKING CHANGE: gone', 'gone'],
    ['whose text begins on the next line', 'BREAKING CHANGE:\n\ngone', 'gone'],
    ['with CR LF', 'Why.\r\n\r\nBREAKING CHANGE: gone\r\nRefs: 1\r\n', 'gone'],
    ['before a squashed co-author', 'BREAKING CHANGE: gone\n\n---------\n\nCo-authored-by: Z <z@example.org>', 'gone'],
    ['before the next bullet of a squash', 'BREAKING CHANGE: gone\n\n* feat: other', 'gone'],
    ['with a list', 'BREAKING CHANGE:\n\n- gone\n- for good\n\nCloses #1', '- gone\n- for good'],
    ['with a list in stars', 'BREAKING CHANGE: these:\n\n* gone\n\n* for good', 'these:\n\n* gone\n\n* for good'],
    ['inside a squash, before any bullet', '* a\n\nBREAKING CHANGE: gone\n\n* tests', 'gone'],
    ['with code that looks like footers', 'BREAKING CHANGE: write\n\n```yaml\nnew: 1\n```\nRefs: 1', 'write\n\n```yaml\nnew: 1\n```'],
    ['after a fence that never ends', '```\nBREAKING: x\n\nBREAKING CHANGE: gone', 'gone'],
    ['twice', 'BREAKING CHANGE: a\nBREAKING CHANGE: b', 'a\nb'],
  ])('%s is found, and nothing more', (_, body, expected) => {
    expect(parse('fix: x', body).breaking).toBe(expected);
  });

  test.each([
    ['wrapped into prose', 'This is about what we call a\nBREAKING CHANGE: it is not one'],
    ['in lower case', 'breaking change: x'],
    ['in mixed case', 'Breaking-Change: x'],
    ['without a blank after the colon', 'BREAKING CHANGE:x'],
    ['in the middle of a line', 'No BREAKING CHANGE: here'],
    ['indented as code', '    BREAKING CHANGE: x'],
    ['shown as code', 'Write:\n\n```\nfeat: x\n\nBREAKING CHANGE: y\n```'],
  ])('%s is none', (_, body) => {
    expect(parse('fix: x', body).breaking).toBeUndefined();
  });

  test('wins over the description, and counts below any header', () => {
    expect(parse('feat!: x', 'BREAKING CHANGE: y').breaking).toBe('y');
    expect(parse('Update', 'BREAKING CHANGE: y')).toMatchObject({ kind: 'other', breaking: 'y' });
  });
});

describe('a revert names its target', () => {
  const sha = '0123456789abcdef0123456789abcdef01234567';
  test.each([
    ['Revert "feat: x"', `This reverts commit ${sha}.`, { shas: [sha], subject: 'feat: x' }],
    ['Revert "say "hi""', '', { shas: [], subject: 'say "hi"' }],
    ['Revert "feat: x" (#14)', 'Reverts a/b#12', { shas: [], subject: 'feat: x', pullRequest: 12 }],
    ['revert: feat: x', `Refs: 0123456, 89abcde`, { shas: ['0123456', '89abcde'], subject: 'feat: x' }],
    ['Reapply "feat: x"', `This reverts commit ${sha.slice(0, 12)}.`, { shas: [sha.slice(0, 12)], subject: 'Revert "feat: x"' }],
  ])('%j', (subject, body, target) => {
    expect(parse(subject, body)).toMatchObject({ kind: 'revert', target });
  });

  test('other commits have none', () => {
    expect(parse('fix: x', `This reverts commit ${sha}.`).target).toBeUndefined();
  });
});

describe('whatever people write (H4)', () => {
  const piece = fc.constantFrom(
    'feat',
    '(',
    ')',
    '!',
    ':',
    ' ',
    '\n',
    'BREAKING CHANGE',
    ': ',
    ' #',
    '"',
    'Revert ',
    '---',
    '* ',
    '\r',
    'Co-authored-by: ',
    'Z <z@example.org>',
    'Closes',
    'Release-As',
    '(#12)',
    'Merge pull request #1 from a/b',
    'fixup! ',
    'breaking change',
    '✨',
    '\u0000',
    '\u202e',
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
    fc.string({ unit: anyCharacter }),
  );

  test('is a commit with a description from its own subject', () => {
    fc.assert(
      fc.property(text, text, (subject, body) => {
        const parsed = parse(subject, body);
        expect(subject).toContain(parsed.description);
        expect(parsed.kind === 'conventional').toBe(parsed.type !== undefined && parsed.type !== 'revert');
        expect(parsed.kind === 'merge').toBe(parsed.merge !== undefined && parsed.type === undefined);
      }),
      { numRuns: 2000 },
    );
  });

  test('its header means the same whatever the body', () => {
    fc.assert(
      fc.property(text, text, (subject, body) => {
        const { kind, type, scope, description } = parse(subject, body);
        expect(parse(subject)).toMatchObject({ kind, type, scope, description });
      }),
    );
  });

  test('its warnings are in order, and at places that the message has', () => {
    fc.assert(
      fc.property(text, text, (subject, body) => {
        const lines = [subject, '', ...body.split('\n')];
        const places = parse(subject, body).warnings.map(({ line, column = 1 }) => [line, column] as const);
        for (const [line, column] of places) expect(column).toBeLessThanOrEqual((lines[line - 1] ?? '').length + 1);
        expect(places).toEqual(places.toSorted(([a, b], [c, d]) => a - c || b - d));
      }),
    );
  });

  test('what a footer says is read whatever stands before it', () => {
    const footers = 'BREAKING CHANGE: gone\nCloses #12\nRelease-As: 2.0.0\nCo-authored-by: Z <z@example.org>';
    fc.assert(
      fc.property(text, text, (subject, body) => {
        const parsed = parse(subject, `${body}\n\n${footers}`);
        expect(parsed.breaking?.endsWith('gone')).toBe(true);
        expect(parsed.issues).toContainEqual({ action: 'close', repository: undefined, number: 12 });
        expect(parsed).toMatchObject({ releaseAs: '2.0.0' });
        expect(parsed.coAuthors.some(({ email }) => email === 'z@example.org')).toBe(true);
      }),
    );
  });

  test.each([
    ['brackets', '('],
    ['blanks', ' '],
    ['dashes', '-'],
    ['letters', 'a'],
    ['quotes', '"'],
    ['empty lines', '\n'],
    ['bullets', '\n\n* '],
    ['footers', 'A: \n'],
    ['broken footers', 'BREAKING CHANGE '],
    ['reverts', 'This reverts commit '],
    ['references', '" (#1'],
    ['folded lines', 'A: b\n c\n'],
    ['issues', 'Closes #1, a/b#2 '],
    ['co-authors', 'Co-authored-by: <'],
    ['headings', '#### BREAKING'],
    ['merges', 'See merge request !'],
    ['lists', '* feat!: a\n'],
  ])('1 MiB of %s take a moment', (_, unit) => {
    const long = unit.repeat((1024 * 1024) / unit.length);
    const start = performance.now();
    parse(`feat${long}`, `Revert "${long}`);
    parse(`Revert "${long}`, `${long}BREAKING`);
    expect(performance.now() - start).toBeLessThan(30_000);
  });
});
