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
