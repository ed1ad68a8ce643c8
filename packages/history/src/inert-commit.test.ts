import { describe, expect, test } from '@jest/globals';
import { inertMarkdown } from '@release-kit/action/inert';
import fc from 'fast-check';
import { hostileText } from './hostile-text.test-support.ts';
import { inertCommit, oneLine } from './inert-commit.ts';

describe('text of a commit', () => {
  test('is what the rules for strangers make of it, also where they need not be asked', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'aAwW.hHgG-1 /"\'?%,:@#_*()!;=+') });
    const words = fc
      .array(fc.constantFrom('www.', 'GH-1', 'a', ' ', '12. ', '- ', 'https://x', 'mailto:', 'ftp.', '::', '!', '.'), { maxLength: 6 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(letters, words, hostileText), (text) => {
        expect(inertCommit(text, 300)).toBe(inertMarkdown(oneLine(text, 300)));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['a\n\tb  c ', 10, 'a b c'],
    ['abcdef', 6, 'abcdef'],
    ['abcdefg', 6, 'abcde…'],
    ['😀😀😀', 3, '😀😀😀'],
    ['😀😀😀😀', 3, '😀😀…'],
    [' ', 3, ''],
  ])('%j in %d characters is %j', (text, limit, expected) => {
    expect(oneLine(text, limit)).toBe(expected);
  });
});
