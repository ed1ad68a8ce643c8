import { describe, expect, test } from '@jest/globals';
import { contributorsOf } from './contributors.ts';
import { commitOf } from './sample-release.test-support.ts';

const by = (digit: string, authorName: string, authorEmail: string, subject = 'fix: x', body = '') =>
  commitOf(digit, subject, { authorName, authorEmail, body });
const coAuthored = (line: string) => `Why.\n\nCo-authored-by: ${line}`;
const names = (...commits: Parameters<typeof contributorsOf>[0]) =>
  contributorsOf(commits, () => false).map(({ name, commits: count }) => `${name} ${count}`);

describe('contributors', () => {
  test('are people by their address, whatever its case, with the newest name; those with most commits first, then by name', () => {
    expect(
      names(
        by('1', 'Zoe Newname', 'ZOE@example.org'),
        by('2', 'Bert', 'bert@example.org'),
        by('3', 'Zoe', 'zoe@example.org'),
        by('4', 'Ann', 'ann@example.org'),
      ),
    ).toEqual(['Zoe Newname 2', 'Ann 1', 'Bert 1']);
  });

  test('are co-authors as well, each once for a commit', () => {
    expect(
      names(
        by('1', 'Ann', 'ann@example.org', 'fix: x', coAuthored('Bert <bert@example.org>')),
        by('2', 'Ann', 'ann@example.org', 'fix: y', coAuthored('Ann <ANN@example.org>')),
      ),
    ).toEqual(['Ann 2', 'Bert 1']);
  });

  test('who have no address are told apart by name, and not taken for an address', () => {
    expect(names(by('1', 'Ann', ''), by('2', 'Bert', ''), by('3', 'Ann', ''), by('4', 'X', 'name Ann'))).toEqual([
      'Ann 2',
      'Bert 1',
      'X 1',
    ]);
  });

  test('wrote something: a merge alone is not counted', () => {
    expect(names(by('1', 'Ann', 'ann@example.org', "Merge branch 'x'"), by('2', 'Bert', 'bert@example.org'))).toEqual(['Bert 1']);
  });

  test('of a squash that is expanded count once', () => {
    const squash = by('1', 'Ann', 'ann@example.org');
    expect(names(squash, { ...squash, part: 2 }, { ...squash, part: 1 })).toEqual(['Ann 1']);
  });

  test('that are programs are never first-timers', () => {
    const commits = [
      by('1', 'renovate[bot]', '1+renovate[bot]@users.noreply.example.org'),
      by('2', 'Bot', 'x[bot]@users.noreply.example.org'),
      by('3', 'Ann', 'ann@example.org'),
    ];
    expect(contributorsOf(commits, () => true).filter(({ isFirst }) => isFirst)).toEqual([
      { name: 'Ann', email: 'ann@example.org', commits: 1, isFirst: true },
    ]);
  });

  test('of one name are one person, whose first contribution comes before any from another address', () => {
    const commits = [by('1', 'Ann', 'ann@work.example.org'), by('2', 'Ann', 'ann@example.org'), by('3', 'Bert', 'bert@example.org')];
    const shown = (isFirst: (key: string) => boolean) =>
      contributorsOf(commits, isFirst).map((person) => `${person.name} ${person.commits}${person.isFirst ? ' first' : ''}`);
    expect(shown((key) => key === 'ann@example.org')).toEqual(['Ann 2', 'Bert 1']);
    expect(shown(() => true)).toEqual(['Ann 2 first', 'Bert 1 first']);
  });
});
