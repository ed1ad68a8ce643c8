import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { commitsSince } from './commits-since.ts';
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
