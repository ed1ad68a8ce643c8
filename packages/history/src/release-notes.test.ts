import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { changelogOf, sectionOf } from './changelog-section.ts';
import { maxBodyCharacters, notesOf } from './notes.ts';
import { defaultStyle, notesSections } from './notes-style.ts';
import { dateOf } from './release-date.ts';
import { commitOf, linkedStyle, sampleRelease } from './sample-release.test-support.ts';

const golden = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
const first = { ...sampleRelease, name: 'v1.4.0', version: '1.4.0', previous: undefined, contributors: [] };

describe('the notes of a release are the same bytes every time', () => {
  test('with links, contributors and first-timers', () => expect(notesOf(sampleRelease, linkedStyle)).toBe(golden('release-linked.md')));
  test('without addresses', () => expect(notesOf(sampleRelease, defaultStyle)).toBe(golden('release-plain.md')));
  test('in sections of the project’s own', () => {
    const sections = notesSections([
      { title: 'What is new_', types: ['feat', 'perf'] },
      { title: 'Housekeeping', types: ['docs', 'chore', 'refactor'], hidden: true },
    ]);
    expect(notesOf(sampleRelease, { sections, links: undefined, contributors: false })).toBe(golden('release-sections.md'));
  });
  test('thanking people, not programs', () => {
    const bot = { name: 'renovate[bot]', email: '1+renovate[bot]@users.noreply.example.org', commits: 9, isFirst: false };
    const ada = { name: 'Ada', email: 'ada@example.org', commits: 1, isFirst: true };
    expect(notesOf({ ...sampleRelease, contributors: [bot, ada] }, defaultStyle)).toContain(
      '**Contributors:** Ada\n\n**First contribution:** Ada\n',
    );
    expect(notesOf({ ...sampleRelease, contributors: [bot] }, defaultStyle)).not.toContain('Contributors');
  });
  test('of a first release', () => {
    expect(notesOf(first, linkedStyle)).toContain(
      'First release: all commits up to `v1.4.0` (13 commits, 1 of them a merge). [Full difference](https://git.example.org/a/b/commits/v1.4.0)\n',
    );
  });
  test('of what has no tag yet: its commit is what a page can show', () => {
    expect(notesOf({ ...sampleRelease, name: 'next', version: undefined }, linkedStyle)).toContain(`/compare/v1.4.0...${'a'.repeat(40)})`);
  });
  test('of nothing', () => {
    expect(notesOf({ ...sampleRelease, commits: [], count: 0, contributors: [] }, defaultStyle)).toBe(
      'No changes to list.\n\nCompared: `v1.4.0...v2.0.0` (0 commits).\n',
    );
  });
});

describe('issues that footers name', () => {
  const commit = commitOf('a', 'fix: x (#30)', { body: 'Closes: #12\nFixes: a/b#14\nRefs: #13, #30' });
  const notes = (style: typeof defaultStyle) => notesOf({ ...sampleRelease, commits: [commit], contributors: [] }, style);

  test('are links of ours, behind a word that no forge obeys', () => {
    expect(notes(linkedStyle)).toContain(
      ', for [#\u200b12](https://git.example.org/a/b/issues/12), a/b#\u200b14, [#\u200b13](https://git.example.org/a/b/issues/13))\n',
    );
  });
  test('are inert text without an address', () => {
    expect(notes(defaultStyle)).toContain('(`aaaaaaa`, for #\u200b12, a/b#\u200b14, #\u200b13)\n');
  });
  test('are bugs of Debian where the project says so', () => {
    const bug = commitOf('a', 'fix: x', { body: 'Closes: #12, #1041234\nRefs: #1041235' });
    const text = notesOf({ ...sampleRelease, commits: [bug] }, { ...defaultStyle, debianBugs: 'large' });
    expect(text).toContain(', for #\u200b12, Debian bug 1041234, #\u200b1041235)\n');
  });
  test('are at most ten of a commit', () => {
    const many = commitOf('a', 'fix: x', { body: `Refs: ${Array.from({ length: 14 }, (_, index) => `#${index + 1}`).join(', ')}` });
    expect(notesOf({ ...sampleRelease, commits: [many] }, linkedStyle)).toMatch(/issues\/10\) and 4 more\)\n/);
  });
});

describe('notes have an end', () => {
  const fixes = Array.from({ length: 3000 }, (_, index) => commitOf('a', `fix: number ${index} ${'x'.repeat(80)}`));
  const people = Array.from({ length: 500 }, (_, index) => ({ name: `Person ${index}`, email: 'x', commits: 1, isFirst: true }));
  const long = { ...sampleRelease, commits: [...fixes, commitOf('b', 'feat!: gone')], contributors: people };

  test.each([maxBodyCharacters, 60_000, 10_000])(
    '%d characters hold whole entries, what breaks first, and the way to the rest',
    (limit) => {
      const notes = notesOf(long, linkedStyle, limit);
      expect(notes.length).toBeLessThanOrEqual(limit);
      expect(notes.length).toBeGreaterThan(limit - 1200);
      const shown = notes.match(/^- .*\)$/gm)?.length ?? 0;
      expect(notes).toContain(
        `… and ${3001 - shown} more, left out because release notes have a limit. [All changes](https://git.example.org/a/b/compare/`,
      );
      expect(notes).toMatch(/^## Breaking changes\n\n- gone /);
      expect(notes).toContain('Person 99, and 400 more\n');
    },
  );

  test('a limit that holds nothing is told as well', () => {
    expect(notesOf(long, linkedStyle, 0)).toMatch(/^… and 3001 more/);
  });
});

describe('a changelog of many releases', () => {
  test('has the section of each, in the order given', () => {
    expect([...changelogOf([sampleRelease, first], linkedStyle)].join('')).toBe(golden('changelog-linked.md'));
    expect([...changelogOf([sampleRelease, first], defaultStyle)].join('')).toBe(golden('changelog-plain.md'));
  });

  test('comes in pieces, and holds none back', () => {
    const pieces = sectionOf({ ...sampleRelease, commits: Array.from({ length: 100_000 }, () => commitOf('a', 'fix: x')) }, linkedStyle);
    let longest = 0;
    for (const piece of pieces) longest = Math.max(longest, piece.length);
    expect(longest).toBeLessThan(1000);
  });
});

test.each([
  [0, '1970-01-01'],
  [1_772_323_200, '2026-03-01'],
  [-1, '1970-01-01'],
  [Number.NaN, '1970-01-01'],
  [1e300, '9999-12-31'],
])('%d is of %s', (timestamp, date) => {
  expect(dateOf({ timestamp })).toBe(date);
});
