import { expect, test } from '@jest/globals';
import { checkSummary } from './check-summary.ts';

const now = Date.UTC(2026, 0, 2);
const key = {
  fingerprint: 'A'.repeat(40),
  signingFingerprint: 'B'.repeat(40),
  userId: 'Jane | <b>',
  algorithm: 'Ed25519',
  expires: Date.UTC(2026, 0, 12, 5),
  warnings: [],
};

test('says who signs, by what, and how long, and cannot be broken by a user id', () => {
  expect(
    checkSummary({ keys: [key], from: 'key', compared: true, passedOver: ['the subkey C is passed over: it is older'] }, now),
  ).toBe(`### Signing key

The key signs: a few bytes were signed in memory and verified. The public key in the repository verifies what it signs.

| Key | |
| --- | --- |
| Fingerprint | \`AAAA AAAA AAAA AAAA AAAA  AAAA AAAA AAAA AAAA AAAA\` |
| User id | Jane \\| &lt;b&gt; |
| Signs by | the subkey \`BBBB BBBB BBBB BBBB BBBB  BBBB BBBB BBBB BBBB BBBB\` |
| Algorithm | Ed25519 |
| Expires | 2026-01-12 (in 10 days) |

- the subkey C is passed over: it is older
`);
});

test('what was not looked at is not promised', () => {
  expect(checkSummary({ keys: [key], from: 'public key', compared: false, passedOver: [] }, now)).toMatch(
    /No secret key is here.*only a run that has them/,
  );
  expect(checkSummary({ keys: [key], from: 'key', compared: false, passedOver: [] }, now)).not.toContain('in the repository');
  expect(checkSummary({ keys: [key], from: 'throw-away key', compared: false, passedOver: [] }, now)).toMatch(
    /\*\*throw-away key\*\*, which nobody can trust/,
  );
});

test('of thousands of parts some are shown, and the rest is counted', () => {
  const passedOver = Array.from({ length: 5000 }, (_, index) => `the subkey ${index} is passed over`);
  const text = checkSummary({ keys: [key], from: 'key', compared: false, passedOver }, now);
  expect(text).toContain('_4980 more parts are passed over._');
  expect(text.length).toBeLessThan(3000);
});
