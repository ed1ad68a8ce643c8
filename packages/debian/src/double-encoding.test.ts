import { expect, test } from '@jest/globals';
import { undoDoubleEncoding } from './double-encoding.ts';

test.each([
  ['opt/cafÃ©', 'opt/café'],
  ['æ\u0097¥æ\u009c¬', '日本'],
  ['opt/b\u00e9d', 'opt/b\u00e9d'],
  ['opt/café', 'opt/café'],
  ['日本 Ã©', '日本 Ã©'],
  ['plain', 'plain'],
  ['', ''],
  ['Ã', 'Ã'],
])('%j is shown as %j', (text, expected) => {
  expect(undoDoubleEncoding(text)).toBe(expected);
});
