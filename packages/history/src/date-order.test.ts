import { expect, test } from '@jest/globals';
import { dateOrder } from './date-order.ts';

/** `d c@5`: a commit, its parents, its second. Other orders than these are compared with git's own in actions/changelog. */
function ordered(...lines: readonly string[]): string {
  const commits = lines.map((line) => {
    const [names = '', seconds] = line.split('@');
    const [sha = '', ...parents] = names.split(' ');
    return { sha, parents, timestamp: Number(seconds) };
  });
  return dateOrder(commits)
    .map(({ sha }) => sha)
    .join(' ');
}

test('the newest comes first, of one second the one that was reached first', () => {
  expect(ordered('m a b@9', 'b r@7', 'a r@5', 'r@1')).toBe('m b a r');
  expect(ordered('m a b@9', 'a r@5', 'b r@5', 'r@1')).toBe('m a b r');
  expect(ordered('m b a@9', 'a r@5', 'b r@5', 'r@1')).toBe('m b a r');
});

test('a list that is in order already stays as it is, and one of two lines with one second is put in order', () => {
  const list = [
    { sha: 'd', parents: ['c', 'b'], timestamp: 9 },
    { sha: 'c', parents: ['a'], timestamp: 9 },
    { sha: 'b', parents: ['a'], timestamp: 5 },
    { sha: 'a', parents: [], timestamp: 5 },
  ];
  expect(dateOrder(list)).toBe(list);
  // b comes first, since m names it first; git comes to x by b.
  expect(ordered('m b a@9', 'b x@5', 'x r@5', 'a r@5', 'r@1')).toBe('m b a x r');
});

test('no commit comes before all of its children, whatever the clocks say', () => {
  expect(ordered('m a b@9', 'r@8', 'b r@7', 'a r@2')).toBe('m b a r');
});

test('what others name as parents and is missing is left out', () => {
  expect(ordered('b a@2')).toBe('b');
});
