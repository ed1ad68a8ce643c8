import { describe, expect, test } from '@jest/globals';
import type { Leftover } from './leftover.ts';
import { problemsOfLeftovers } from './leftovers-step.ts';

const left = (kind: Leftover['kind'], what: string, how?: string): Leftover => ({
  ...{ kind, what, below: 0, cure: `cure of ${kind}` },
  ...(how === undefined ? {} : { how }),
});

describe('problems of leftovers', () => {
  test('a diversion stands before the files that it renamed, and its path is looked for in the scripts', () => {
    const diversion = left('diversion', 'diversion of /etc/issue to /etc/issue.distrib by broken');
    const problems = problemsOfLeftovers([left('path', '/etc/issue.distrib'), diversion, left('changed', '/etc/issue')]);
    expect(problems.map(({ category, message, subject, cure }) => [category, message, subject, cure])).toEqual([
      [
        'left-behind',
        'the diversion of /etc/issue to /etc/issue.distrib by broken and 1 more stayed behind after the purge',
        { kind: 'path', path: '/etc/issue' },
        'cure of diversion',
      ],
      ['changed-behind', '/etc/issue is not as before the installation', { kind: 'path', path: '/etc/issue' }, 'cure of changed'],
    ]);
  });

  test('what is no path is named for what it is', () => {
    const messages = (leftover: Leftover) => problemsOfLeftovers([leftover]).map(({ message, subject }) => [message, subject]);
    expect(messages(left('process', '/usr/bin/sleep', 'of broken'))).toEqual([
      ['the process /usr/bin/sleep of broken stayed behind after the purge', { kind: 'path', path: '/usr/bin/sleep' }],
    ]);
    expect(messages(left('answer', 'broken/port of broken'))).toEqual([
      ['the answer of debconf to broken/port of broken stayed behind after the purge', undefined],
    ]);
  });
});
