import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatDate, parseDate } from './date.ts';

describe('parseDate', () => {
  test.each([
    ['Sat, 21 Nov 2026 08:24:14 +0000', 1795249454],
    ['Sat, 21 Nov 2026 08:24:14 -0000', 1795249454],
    ['Sat, 21 Nov 2026 10:54:14 +0230', 1795249454],
    ['Fri, 20 Nov 2026 23:24:14 -0900', 1795249454],
    ['21 Nov 2026 08:24:14 +0000', 1795249454],
    ['Mon, 21 Nov 2026 08:24:14 +0000', 1795249454],
    ['Thu, 29 Feb 2024 00:00:00 +0000', 1709164800],
    ['Thu,  1 Jan 1970 0:00:00 +0000', 0],
  ])('%s', (text, expected) => {
    expect(parseDate(text)).toBe(expected);
  });

  test.each([
    '',
    'yesterday',
    'Sat, 21 Nov 2026 08:24:14',
    'Sat, 21 Nov 2026 08:24:14 CET',
    'Sat, 31 Feb 2026 08:24:14 +0000',
    'Sat, 0 Nov 2026 08:24:14 +0000',
    'Sat, 21 November 2026 08:24:14 +0000',
    'Xyz, 21 Nov 2026 08:24:14 +0000',
    'Sat, 21 Xyz 2026 08:24:14 +0000',
    'Sat, 21 Nov 2026 24:00:00 +0000',
    'Sat, 21 Nov 2026 08:60:14 +0000',
    'Sat, 21 Nov 2026 08:24:61 +0000',
    'Sat, 21 Nov 2026 08:24:14 +2400',
    'Sat, 21 Nov 2026 08:24:14 +0060',
    'Thu, 21 Nov 0026 08:24:14 +0000',
    'Sat, 21 Nov 2026 08:24:14 +0000 x',
    '2026-11-21T08:24:14Z',
  ])('refuses %j', (text) => {
    expect(parseDate(text)).toBeUndefined();
  });

  test('reads what formatDate writes', () => {
    expect(formatDate(1795249454)).toBe('Sat, 21 Nov 2026 08:24:14 +0000');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253402300799 }), (timestamp) => expect(parseDate(formatDate(timestamp))).toBe(timestamp)),
    );
  });
});
