import fc from 'fast-check';

const surrogates = { first: 0xd800, count: 0x800 } as const;
const codePoints = 0x110000 - surrogates.count;

/**
 * A unit of texts: any code point but half a pair. fast-check's own `binary` makes a table of all million of them to find its way back, a
 * second and 150 MB for every test file.
 */
export const anyCharacter: fc.Arbitrary<string> = fc.nat(codePoints - 1).map(characterOf, numberOf);

function characterOf(number: number): string {
  return String.fromCodePoint(number < surrogates.first ? number : number + surrogates.count);
}

/** The way back, by which fast-check mixes in texts that are known to be dangerous. What is no such character has no number. */
function numberOf(value: unknown): number {
  const [character, ...others] = typeof value === 'string' ? value : '';
  const codePoint = character?.codePointAt(0);
  if (codePoint === undefined || others.length > 0 || /\p{Cs}/u.test(String(character))) throw new Error('not one character');
  return codePoint < surrogates.first ? codePoint : codePoint - surrogates.count;
}
