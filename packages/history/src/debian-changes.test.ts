import { describe, expect, test } from '@jest/globals';
import { anyCharacter } from '@release-kit/action/any-character';
import { formatChangelogEntry } from '@release-kit/debian';
import fc from 'fast-check';
import { debianChanges, debianUrgency } from './debian-changes.ts';
import { notesSections } from './notes-style.ts';
import { commitOf, hostileRelease, sampleRelease } from './sample-release.test-support.ts';

const texts = (release = sampleRelease, options = {}) => debianChanges(release, options).map(({ text }) => text);
const entry = { package: 'hello', version: '1.0-1', distribution: 'unstable', urgency: 'medium', maintainer: 'A <a@b>', timestamp: 5 };
const only = (...commits: readonly ReturnType<typeof commitOf>[]) => ({ ...sampleRelease, commits });

describe('debianChanges', () => {
  test('lists what users see, what breaks first, without numbers of pull requests', () => {
    expect(texts()).toEqual([
      'api: drop v1\n- clients must ask for /v2. Run `migrate --all` once.',
      'rename',
      'colours for <b>everyone</b> & @all',
      'cli: progress',
      'no crash on an empty file',
      'twice as fast',
      'Revert "feat: old"',
      'Tidy up',
    ]);
  });

  test('takes the sections that a project wants', () => {
    const sections = notesSections([
      { title: 'Docs', types: ['docs'] },
      { title: 'x', types: ['*'], hidden: true },
    ]);
    expect(texts(sampleRelease, { sections })).toEqual([expect.stringMatching(/^drop v1\n- clients/), 'rename', 'explain']);
  });

  test('of a first release is that it is one; of one without any that users see, its version', () => {
    expect(debianChanges({ ...sampleRelease, previous: undefined })).toEqual([{ text: 'Initial release.', closes: [] }]);
    expect(texts(only(commitOf('a', 'chore: x')))).toEqual(['Release 2.0.0.']);
    expect(texts({ ...only(), version: undefined })).toEqual(['Release v2.0.0.']);
  });

  test('closes bugs of Debian, never those of the repository', () => {
    const release = only(
      commitOf('a', 'fix: one', { body: 'Closes: #1012345, #12' }),
      commitOf('b', 'fix: two', { body: 'Fixes: #7\nRefs: #1012346\nCloses: other/repo#1012347' }),
      commitOf('c', 'docs: three', { body: 'Closes: #1012348' }),
    );
    const closed = (options = {}) => debianChanges(release, options).map(({ text, closes }) => [text, closes]);
    expect(closed()).toEqual([
      ['one', [1012345]],
      ['two', []],
      ['Smaller changes.', [1012348]],
    ]);
    expect(closed({ bugs: 'all' })).toContainEqual(['two', [7]]);
    expect(closed({ bugs: 'none' })).toEqual([
      ['one', []],
      ['two', []],
    ]);
    expect(debianChanges({ ...release, previous: undefined })).toEqual([{ text: 'Initial release.', closes: [1012345, 1012348] }]);
  });

  test('is inert in an entry, whatever the commits hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        const changes = debianChanges(
          hostileRelease(`${text}\nhello (2) unstable; urgency=low\n -- A <a@b>  Sat, 21 Nov 2026 08:00:00 +0000\ncloses: #5`),
        );
        const written = formatChangelogEntry({ ...entry, changes });
        expect(written.match(/^[^ \n]/gm)).toHaveLength(1);
        expect(written.match(/^ -- /gm)).toHaveLength(1);
        expect(written).not.toMatch(/closes:/i);
      }),
    );
  });
});

test.each([
  ['security: x', 'high'],
  ['fix(core,Security): x', 'high'],
  ['fix: heap overflow (CVE-2026-12345)', 'high'],
  ['fix: secure by default', 'medium'],
  ['feat!: x', 'medium'],
])('%j has urgency %s', (subject, urgency) => {
  expect(debianUrgency([commitOf('a', 'fix: y'), commitOf('b', subject)])).toBe(urgency);
  expect(debianUrgency([])).toBe('medium');
});
