import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readAnswer } from './signer-answer.ts';
import { bareInput, questionVariables, type RemoteKey } from './signer-question.ts';

const fingerprint = 'A'.repeat(40);
const rsa: RemoteKey = { fingerprint, algorithm: 'rsa', size: 384 };
const p256: RemoteKey = { fingerprint, algorithm: 'ecdsa', size: 32 };
const p521: RemoteKey = { fingerprint, algorithm: 'ecdsa', size: 66 };
const ed25519: RemoteKey = { fingerprint, algorithm: 'ed25519', size: 32 };

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const hex = (answer: ReturnType<typeof readAnswer>) =>
  typeof answer === 'string' ? answer : answer.map((part) => Buffer.from(part).toString('hex'));

describe('answers of signers', () => {
  test.each([
    ['RSA', rsa, 384],
    ['Ed25519', ed25519, 64],
    ['ECDSA', p256, 64],
    ['ECDSA of the largest curve', p521, 132],
  ])('%s: raw bytes and their base64, wrapped or not, are the same', (_, key, length) => {
    fc.assert(
      fc.property(bytes(length), fc.constantFrom(0, 64, 76), (answer, width) => {
        const text = Buffer.from(answer).toString('base64');
        const wrapped = width === 0 ? text : text.replace(new RegExp(`.{${width}}`, 'g'), '$&\r\n');
        expect(hex(readAnswer(Buffer.from(`${wrapped}\n`), key))).toEqual(hex(readAnswer(answer, key)));
        expect(hex(readAnswer(answer, key))).not.toEqual(expect.any(String));
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ['P-256', 'prime256v1', p256],
    ['P-521', 'secp521r1', p521],
  ])('DER of %s holds the same two numbers as the raw form', (_, namedCurve, key) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve });
    for (let round = 0; round < 50; round += 1) {
      const der = sign('sha512', Buffer.of(round), { key: privateKey, dsaEncoding: 'der' });
      const numbers = readAnswer(der, key);
      if (typeof numbers === 'string') throw new Error(numbers);
      for (const number of numbers) expect(number.length).toBeLessThanOrEqual(key.size + 1);
      expect(hex(readAnswer(Buffer.from(der.toString('base64')), key))).toEqual(hex(numbers));
      // Anything missing or added makes it none.
      expect(readAnswer(der.subarray(0, -1), key)).toMatch(/no ECDSA signature/);
      expect(readAnswer(Buffer.concat([der, Buffer.of(0)]), key)).toMatch(/no ECDSA signature/);
    }
  });

  test('bytes of another length are none, and what is said of them names lengths only', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.constantFrom(rsa, ed25519, p256, p521), (answer, key) => {
        const read = readAnswer(answer, key);
        if (typeof read === 'string')
          expect(read).toMatch(/^it answered (nothing|\d+ bytes, which are no (RSA|Ed25519|ECDSA) signature[a-zA-Z0-9 ,]*)$/);
      }),
    );
    expect(readAnswer(Buffer.alloc(0), rsa)).toBe('it answered nothing');
    expect(readAnswer(Buffer.alloc(383), rsa)).toBe('it answered 383 bytes, which are no RSA signature of 384 bytes, nor base64 of one');
  });
});

describe('what a signer is asked', () => {
  const digest = Buffer.from(Array.from({ length: 64 }, (_, index) => index));

  test('the bare operation of RSA is told the digest algorithm, ECDSA gets as many bytes as its curve has, Ed25519 all', () => {
    // RFC 8017, section 9.2, note 1
    expect(bareInput(rsa, digest).subarray(0, 19)).toEqual(Buffer.from('3051300d060960864801650304020305000440', 'hex'));
    expect(bareInput(rsa, digest)).toHaveLength(83);
    expect(bareInput(p256, digest)).toEqual(digest.subarray(0, 32));
    expect(bareInput(p521, digest)).toEqual(digest);
    expect(bareInput(ed25519, digest)).toEqual(digest);
  });

  test('the variables are these and no others', () => {
    expect(questionVariables(p256, digest, { digest: '/d', bare: '/b' })).toEqual({
      RELEASE_KIT_FINGERPRINT: fingerprint,
      RELEASE_KIT_ALGORITHM: 'ecdsa',
      RELEASE_KIT_HASH: 'sha512',
      RELEASE_KIT_DIGEST: digest.toString('hex'),
      RELEASE_KIT_DIGEST_FILE: '/d',
      RELEASE_KIT_BARE_FILE: '/b',
    });
  });
});
