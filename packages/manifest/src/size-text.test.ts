import { expect, test } from '@jest/globals';
import { sizeText } from './size-text.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [10_440, '10.4 kB'],
  [3_200_000, '3.2 MB'],
  [5 * 1000 ** 4, '5000.0 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
