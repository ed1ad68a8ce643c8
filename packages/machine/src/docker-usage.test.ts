import { expect, test } from '@jest/globals';
import { together } from './docker-usage.ts';

const one = { cpuSeconds: 1, peakMemory: 50, diskRead: 3, diskWritten: undefined, networkReceived: 1, networkSent: 2 };

test('of containers one after the other times and bytes add up, and the peak is the higher one', () => {
  expect(together(one, { ...one, peakMemory: 40, diskWritten: 7 })).toEqual({
    cpuSeconds: 2,
    peakMemory: 50,
    diskRead: 6,
    diskWritten: 7,
    networkReceived: 2,
    networkSent: 4,
  });
});

test('what was not counted stays so', () => {
  const unknown = { ...one, cpuSeconds: undefined, peakMemory: undefined };
  expect(together(unknown, unknown)).toMatchObject({ cpuSeconds: undefined, peakMemory: undefined });
  expect(together(unknown, one)).toMatchObject({ cpuSeconds: 1, peakMemory: 50 });
});
