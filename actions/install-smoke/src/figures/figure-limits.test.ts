import { expect, test } from '@jest/globals';
import type { FigureLimits } from '@release-kit/config';
import { compareFigures } from './figure-limits.ts';
import { figuresText } from './figure-text.ts';

const none: FigureLimits = {
  ...{ install: undefined, active: undefined, healthy: undefined, memory: undefined, processor: undefined, disk: undefined },
  exceeded: 'fail',
};
const mebibyte = 1024 * 1024;

test('what exceeds the previous release by more than its limit is told with both figures', () => {
  expect(compareFigures({ memory: 40 * mebibyte }, { memory: 20 * mebibyte }, { ...none, memory: 0.5 })).toEqual([
    {
      name: 'memory',
      problem: {
        category: 'slower',
        level: 'error',
        message: 'memory at rest is 40.0 MiB, 2.00 times as much; the previous release had 20.0 MiB, and 50 % more are allowed',
      },
    },
  ]);
  expect(compareFigures({ active: 9000 }, { active: 0 }, { ...none, active: 0.1, exceeded: 'warn' })).toEqual([
    {
      name: 'active',
      problem: {
        category: 'slower',
        level: 'warning',
        message: 'time to active is 9.00 s; the previous release had 0.00 s, and 10 % more are allowed',
      },
    },
  ]);
});

test('within the limit, without one, without a figure before, and within noise there is nothing to tell', () => {
  const before = { memory: 20 * mebibyte };
  expect(compareFigures({ memory: 30 * mebibyte }, before, { ...none, memory: 0.5 })).toEqual([]);
  expect(compareFigures({ memory: 90 * mebibyte }, before, none)).toEqual([]);
  expect(compareFigures({ memory: 90 * mebibyte }, {}, { ...none, memory: 0 })).toEqual([]);
  expect(compareFigures({ memory: 3 * mebibyte }, { memory: mebibyte }, { ...none, memory: 0.1 })).toEqual([]);
  expect(compareFigures({ active: 600 }, { active: 150 }, { ...none, active: 0.1 })).toEqual([]);
});

test('figures are told with units, in one order', () => {
  expect(figuresText({ disk: 1536, memory: 3.25 * mebibyte, install: 12_340, processor: 0.0012, active: 90 })).toBe(
    'time to install 12.3 s, time to active 0.09 s, memory at rest 3.3 MiB, processor at rest 0.1 %, disk 2 KiB',
  );
  expect(figuresText({ disk: -5 })).toBe('disk -5 B');
  expect(figuresText({})).toBe('nothing was measured');
});
