import { describe, expect, test } from '@jest/globals';
import type { KeyDescription, KeyPart, SelfSignature } from './key-parts.ts';
import { refusalOf } from './key-refusal.ts';
import { chooseSigner, readFingerprint } from './signer-choice.ts';

const now = Date.UTC(2026, 0, 2);
const year = 365 * 24 * 60 * 60 * 1000;
const selfSignature: SelfSignature = { hash: 'sha512', made: now - year, maySign: true, mayEncrypt: false, expires: undefined };
const good: KeyPart = {
  fingerprint: 'A'.repeat(40),
  role: 'primary key',
  algorithm: { name: 'Ed25519', family: 'eddsaLegacy', bits: undefined, curve: 'ed25519Legacy' },
  created: now - year,
  selfSignature,
  counterSignature: undefined,
  revoked: 'no',
  secret: 'there',
};
const goodSubkey: KeyPart = { ...good, role: 'subkey', fingerprint: 'B'.repeat(40), counterSignature: 'sha512' };
const certifying: KeyPart = { ...good, selfSignature: { ...selfSignature, maySign: false } };

function key(subkey: Partial<KeyPart> = {}, primary: Partial<KeyPart> = {}): KeyDescription {
  return { userId: 'Jane', primary: { ...certifying, ...primary }, subkeys: [{ ...goodSubkey, ...subkey }] };
}

function refusal(description: KeyDescription): string {
  const [subkey] = description.subkeys;
  const found = subkey === undefined ? undefined : refusalOf(subkey, description, now);
  return found === undefined ? 'signs' : `${found.code} ${found.ofPrimary === true ? 'primary' : 'subkey'} ${found.reason}`;
}

describe('what a key says of itself decides', () => {
  const cases: readonly (readonly [string, KeyDescription, RegExp])[] = [
    ['nothing is wrong', key(), /^signs$/],
    [
      'the subkey has not signed its primary key',
      key({ counterSignature: undefined }),
      /^E_KEY_UNUSABLE subkey has not signed its primary key/,
    ],
    ['it did so with SHA-1', key({ counterSignature: 'sha1' }), /^E_KEY_WEAK subkey .*SHA-1/],
    [
      'a revocation does not verify',
      key({ revoked: 'damaged' }),
      /^E_KEY_FORMAT subkey is damaged: it carries a revocation that does not verify/,
    ],
    ['no self-signature verifies', key({ selfSignature: undefined }), /^E_KEY_FORMAT subkey is damaged/],
    [
      'the primary key has none either',
      key({ selfSignature: undefined }, { selfSignature: undefined }),
      /^E_KEY_FORMAT primary is damaged/,
    ],
    ['SHA-224 binds it', key({ selfSignature: { ...selfSignature, hash: 'sha224' } }), /^E_KEY_WEAK subkey .*SHA-224, which apt 3/],
    [
      'MD5 binds the user id',
      key({}, { selfSignature: { ...selfSignature, hash: 'md5' } }),
      /^E_KEY_WEAK primary .*user id Jane .*MD5, which every apt/,
    ],
    [
      'it expires this very moment',
      key({ selfSignature: { ...selfSignature, expires: now } }),
      /^E_KEY_EXPIRED subkey expired on 2026-01-02/,
    ],
    ['it expires in a millisecond', key({ selfSignature: { ...selfSignature, expires: now + 1 } }), /^signs$/],
    ['the primary key has expired', key({}, { selfSignature: { ...selfSignature, expires: now - 1 } }), /^E_KEY_EXPIRED primary expired/],
    [
      'it was bound later than now',
      key({ selfSignature: { ...selfSignature, made: now + 1000 } }),
      /^E_KEY_NOT_YET_VALID subkey is valid from 2026-01-02 00:00:01 UTC on/,
    ],
    [
      'the Ed25519 of RFC 9580',
      key({ algorithm: { ...good.algorithm, family: 'ed25519' } }),
      /^E_KEY_UNUSABLE subkey is not for all users.*gpg 2\.2 and 2\.4/,
    ],
    [
      'it is revoked, too weak and expired',
      key({ revoked: 'yes', algorithm: { ...good.algorithm, family: 'dsa', bits: 1024 } }),
      /^E_KEY_REVOKED/,
    ],
  ];
  test.each(cases)('%s', (_, description, expected) => {
    expect(refusal(description)).toMatch(expected);
  });
});

describe('choice among keys', () => {
  const named = (letter: string, created: number, secret: KeyPart['secret'] = 'there'): KeyDescription => ({
    userId: letter,
    primary: { ...good, fingerprint: letter.repeat(40), created, secret },
    subkeys: [],
  });

  test('of the same age, the first in the text is taken', () => {
    expect(chooseSigner([named('A', 5), named('B', 5)], now, undefined, 'key').part.fingerprint).toBe('A'.repeat(40));
    expect(chooseSigner([named('A', 5), named('B', 6)], now, undefined, 'key').part.fingerprint).toBe('B'.repeat(40));
  });

  test('a newer key whose secret part is elsewhere is passed over, and that is said', () => {
    const { part, passedOver } = chooseSigner([named('A', 5), named('B', 6, 'left out')], now, undefined, 'key');
    expect(part.fingerprint).toBe('A'.repeat(40));
    expect(passedOver).toEqual([
      `the primary key ${'B'.repeat(40)} is passed over: it has no secret part here: it was left out of the export`,
    ]);
  });

  test('a subkey that is named and does not sign is not replaced by another', () => {
    const description: KeyDescription = {
      ...key(),
      primary: good,
      subkeys: [goodSubkey, { ...goodSubkey, fingerprint: 'C'.repeat(40), revoked: 'yes' }],
    };
    expect(() => chooseSigner([description], now, 'C'.repeat(40), 'key')).toThrowWithCode('E_KEY_REVOKED');
    expect(chooseSigner([description], now, undefined, 'key').part.fingerprint).toBe('B'.repeat(40));
  });

  test('of thousands of parts that cannot sign some are told', () => {
    const subkeys = Array.from({ length: 3000 }, (_, index) => ({
      ...goodSubkey,
      fingerprint: String(index).padStart(40, '0'),
      revoked: 'yes' as const,
    }));
    expect(() => chooseSigner([{ ...key(), subkeys }], now, undefined, 'key')).toThrowWithCode(
      'E_KEY_REVOKED',
      /^.{0,900}; and 2992 more$/,
    );
  });

  test('fingerprints are read as gpg prints them, and in no shorter form', () => {
    expect(readFingerprint(' 0123 4567 89AB CDEF 0123  4567 89ab cdef 0123 4567\n')).toBe('0123456789ABCDEF0123456789ABCDEF01234567');
    for (const text of ['89ABCDEF01234567', `0x${'A'.repeat(40)}`, `${'A'.repeat(40)}!`, 'G'.repeat(40), ''])
      expect(() => readFingerprint(text)).toThrowWithCode('E_INPUT', /40 hexadecimal digits/);
  });
});
