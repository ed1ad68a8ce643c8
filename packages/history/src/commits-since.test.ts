import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { commitsSince, leadsTo } from './commits-since.ts';
import { graphs } from './history-graph.test-support.ts';

test('what one of the starts has is left out, in any history and from any list that names children first', () => {
  fc.assert(
    fc.property(graphs(40), fc.array(fc.nat(), { maxLength: 3 }), ({ list, closureOf }, picks) => {
      const starts = picks.map((pick) => list[pick % list.length]?.sha ?? '');
      const known = new Set(starts.flatMap((start) => [...closureOf(start)]));
      expect(commitsSince(list, starts)).toEqual(list.filter(({ sha }) => !known.has(sha)));
    }),
  );
});

test('of a list with one head the same is found, without a look at the rest', () => {
  fc.assert(
    fc.property(graphs(40), fc.nat(), fc.array(fc.nat(), { maxLength: 3 }), ({ list, closureOf }, head, picks) => {
      const within = closureOf(list[head % list.length]?.sha ?? '');
      const own = list.filter(({ sha }) => within.has(sha));
      const starts = picks.map((pick) => list[pick % list.length]?.sha ?? '').filter((sha) => within.has(sha));
      expect(commitsSince(own, starts, 'one')).toEqual(commitsSince(own, starts));
    }),
  );
  const line = Array.from({ length: 9 }, (_, at) => ({ sha: `${at}`, parents: [`${at + 1}`] }));
  const beyond = { sha: '9', parents: [] };
  const unread = [...line.slice(0, 4), new Proxy(beyond, { get: () => expect(false).toBe(true) })];
  expect(commitsSince(unread, ['2'], 'one')).toEqual(line.slice(0, 2));
});

test('a commit leads to its ancestors, and to those just behind the list', () => {
  fc.assert(
    fc.property(graphs(40), fc.nat(), fc.nat(), ({ list, closureOf }, from, to) => {
      const [start = '', end = ''] = [list[from % list.length]?.sha, list[to % list.length]?.sha];
      const without = closureOf(end);
      const range = list.filter(({ sha }) => !without.has(sha));
      expect(leadsTo(list, start, end)).toBe(closureOf(start).has(end));
      if (!without.has(start)) expect(leadsTo(range, start, end)).toBe(closureOf(start).has(end));
    }),
  );
});
