import { describe, expect, test } from '@jest/globals';
import { compareWithPublished } from './certificate-comparison.ts';
import type { KeyFacts } from './key-facts.ts';
import type { KeyDescription, KeyPart } from './key-parts.ts';

const now = Date.UTC(2026, 0, 2);
const day = 24 * 60 * 60 * 1000;
const [primary, subkey] = ['A'.repeat(40), 'B'.repeat(40)];
const signing: KeyFacts = {
  fingerprint: primary,
  signingFingerprint: subkey,
  userId: 'Jane',
  algorithm: 'Ed25519',
  expires: now + 400 * day,
  warnings: [],
};

function part(fingerprint: string, expires: number | undefined, change: Partial<KeyPart> = {}): KeyPart {
  return {
    fingerprint,
    role: fingerprint === primary ? 'primary key' : 'subkey',
    algorithm: { name: 'Ed25519', family: 'eddsaLegacy', bits: undefined, curve: 'ed25519Legacy' },
    created: now - 400 * day,
    selfSignature: { hash: 'sha512', made: now - 400 * day, maySign: true, mayEncrypt: false, expires },
    counterSignature: 'sha512',
    revoked: 'no',
    secret: 'none',
    ...change,
  };
}

function published(expires: number | undefined, change: Partial<KeyPart> = {}): readonly KeyDescription[] {
  return [{ userId: 'Jane', primary: part(primary, undefined), subkeys: [part(subkey, expires, change)] }];
}

function compare(keys: readonly KeyDescription[], facts: KeyFacts = signing): string {
  const { problem, warnings } = compareWithPublished(facts, keys, now, 'public key key.asc');
  return problem ?? ['fine', ...warnings].join(': ');
}

describe('what users have, against what signs', () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['the same', compare(published(signing.expires)), /^fine$/],
    ['it ends later there', compare(published(undefined)), /^fine$/],
    [
      'it ends earlier there',
      compare(published(now + 100 * day)),
      /^fine: By the public key key\.asc, what signs expires on 2026-04-12, but the signing key expires on 2027-02-06: users need/,
    ],
    [
      'it ends only there',
      compare(published(now + 100 * day), { ...signing, expires: undefined }),
      /^fine: .*the signing key does not expire/,
    ],
    ['it has ended there', compare(published(now - day)), /^by the public key key\.asc, the subkey B{40} expired on 2026-01-01$/],
    ['it is revoked there', compare(published(undefined, { revoked: 'yes' })), /^by the public key key\.asc, the subkey B{40} is revoked$/],
    [
      'the subkey is not there',
      compare([{ userId: '', primary: part(primary, undefined), subkeys: [] }]),
      /lacks the subkey B{40}, which signs: every apt/,
    ],
    [
      'another key',
      compare([{ userId: '', primary: part('C'.repeat(40), undefined), subkeys: [] }]),
      /does not hold the key A{40}, which signs, but C{40}$/,
    ],
  ];
  test.each(cases)('%s', (_, verdict, expected) => {
    expect(verdict).toMatch(expected);
  });
});
