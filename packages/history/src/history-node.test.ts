import { describe, expect, test } from '@jest/globals';
import { needsPaths, nodeReader } from './history-node.ts';
import type { LoggedCommit } from './logged-commit.ts';

const logged = (message: string, paths?: readonly string[]): LoggedCommit => ({
  sha: 'a'.repeat(40),
  parents: ['b'.repeat(40)],
  authorName: 'A',
  authorEmail: 'A@example.org',
  timestamp: 7,
  message,
  paths,
});
const reading = { grammar: {}, squashes: 'title' } as const;
const root = { name: 'root', path: '' };
const server = { name: 'server', path: 'server' };

describe('a logged commit', () => {
  test('of a repository that is one package is read without its files', () => {
    expect(needsPaths([root])).toBe(false);
    expect(nodeReader([root], root, reading)(logged('fix(x): y\n\nWhy.\n'))).toMatchObject({
      parents: ['b'.repeat(40)],
      commits: [{ type: 'fix', scope: 'x', description: 'y', authorEmail: 'A@example.org', timestamp: 7 }],
    });
  });

  test('counts only where it changes the package; it stays part of the history', () => {
    const read = nodeReader([root, server], server, reading);
    expect(needsPaths([root, server])).toBe(true);
    expect(needsPaths([server])).toBe(true);
    expect(read(logged('fix: a', ['server/a', 'b'])).commits).toHaveLength(1);
    expect(read(logged('fix: a', ['servers/a']))).toMatchObject({ sha: 'a'.repeat(40), parents: ['b'.repeat(40)], commits: [] });
    expect(nodeReader([root, server], root, reading)(logged('fix: a', [])).commits).toHaveLength(1);
  });

  test('that is a squash is itself and its parts, when that is asked for', () => {
    const squash = logged('Many things (#7)\n\n* feat: a\n\n* fix: b\n');
    expect(nodeReader([root], root, reading)(squash).commits.map(({ subject }) => subject)).toEqual(['Many things (#7)']);
    expect(nodeReader([root], root, { ...reading, squashes: 'expand' })(squash).commits.map(({ subject }) => subject)).toEqual([
      'Many things (#7)',
      'fix: b',
      'feat: a',
    ]);
  });
});
