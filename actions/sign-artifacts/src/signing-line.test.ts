import { expect, test } from '@jest/globals';
import { signingLine } from './signing-line.ts';

const programs = [
  { name: 'gpgv', version: '2.2.40' },
  { name: 'sqv', version: undefined },
] as const;

test.each([
  [[], [], 'among them; each'],
  [['a.deb'], [], 'among them, and 1 package inside; each'],
  [['a.deb', 'b.deb'], ['a.changes', 'a.dsc'], 'among them, and 2 packages and 2 control files inside; each'],
])('what was signed, where, and what verified it, in one line: inside %j and %j', (debs, controlFiles, words) => {
  const line = signingLine({ detached: 12, files: 6, lists: ['SHA256SUMS', 'B2SUMS'], embedded: { debs, controlFiles }, programs });
  expect(line).toBe(`signed: 6 files by 12 signatures, SHA256SUMS and B2SUMS ${words} verified by gpgv with nothing but the public key`);
});
