import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyCharacter } from './any-character.ts';

test('any code point is drawn from the first to the last, no half of a pair, and each is found again', () => {
  const drawn = fc
    .sample(fc.noBias(anyCharacter), { numRuns: 20_000, seed: 1 })
    .map((text) => [...text].map((one) => one.codePointAt(0) ?? -1));
  expect(drawn.every((points) => points.length === 1)).toBe(true);
  const points = drawn.flat();
  expect(points.filter((point) => point >= 0xd800 && point <= 0xdfff)).toEqual([]);
  expect(Math.min(...points)).toBeLessThan(0x400);
  expect(Math.max(...points)).toBeGreaterThan(0x10fc00);
  for (const character of ['\0', 'a', '\ud7ff', '\ue000', '😀', '\u{10ffff}'])
    expect(anyCharacter.canShrinkWithoutContext(character)).toBe(true);
  for (const other of ['', 'ab', '\ud800', 1]) expect(canShrink(other)).toBe(false);
});

const canShrink = (value: unknown): boolean => {
  const check: (value: unknown) => boolean = anyCharacter.canShrinkWithoutContext.bind(anyCharacter);
  return check(value);
};

test('texts of them hold what is dangerous as a name, as fast-check mixes it in', () => {
  const drawn = fc.sample(fc.string({ unit: anyCharacter }), { numRuns: 20_000, seed: 1 });
  expect(drawn).toContain('__proto__');
});
