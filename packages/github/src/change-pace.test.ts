import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ChangePace } from './change-pace.ts';

const limits = { changesAMinute: 60, betweenChanges: 1000 };

/** Seconds at which `count` changes are sent by someone who never waits longer than asked. */
function sentAt(pace: ChangePace, count: number, begin = 1_000_000): readonly number[] {
  let now = begin;
  return Array.from({ length: count }, () => {
    now = Math.max(now, pace.next(now));
    pace.sent(now);
    return (now - begin) / 1000;
  });
}

test('as many as a minute may have go out at once, the next after a minute', () => {
  const times = sentAt(new ChangePace(limits), 130);
  expect([times[0], times[59], times[60], times[119], times[120]]).toEqual([0, 0, 60, 60, 120]);
});

test('after a refusal a second is between any two', () => {
  const pace = new ChangePace(limits);
  pace.sent(1_000_000);
  pace.refused();
  expect(sentAt(pace, 4)).toEqual([1, 2, 3, 4]);
});

test('no minute has more than it may, whenever they are asked for, and nobody is later than with a second between them', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3000), { minLength: 1, maxLength: 200 }), fc.integer({ min: 1, max: 60 }), (gaps, changesAMinute) => {
      const pace = new ChangePace({ ...limits, changesAMinute });
      // Whole milliseconds, upwards: seven sevenths of a minute, added up, are a little less than a minute.
      const between = Math.ceil(60_000 / changesAMinute);
      let wanted = 1_000_000;
      let now = wanted;
      let apart = 0;
      const sent = gaps.map((gap) => {
        wanted += gap;
        now = Math.max(now, wanted);
        now = Math.max(now, pace.next(now));
        pace.sent(now);
        apart = Math.max(wanted, apart + between);
        return { now, apart };
      });
      for (const [index, { now: at, apart: latest }] of sent.entries()) {
        const inMinute = sent.slice(0, index + 1).filter((other) => other.now > at - 60_000).length;
        expect(inMinute).toBeLessThanOrEqual(changesAMinute);
        expect(at).toBeLessThanOrEqual(latest);
      }
    }),
  );
});
