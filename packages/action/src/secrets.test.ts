import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Secrets } from './secrets.ts';

const armored = [
  '-----BEGIN PGP PRIVATE KEY BLOCK-----',
  'Version: GnuPG v2',
  '',
  ...Array.from({ length: 40 }, (_, line) => Buffer.from(`line ${line} of key material 0123456789abcdef0123`).toString('base64')),
  '=abcd',
  '-----END PGP PRIVATE KEY BLOCK-----',
  '',
].join('\n');
const wrapped = (text: string, width: number): string => (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join('\n');

describe('every form of a secret is found', () => {
  const passphrase = 'p4ss/phräse with "quotes" & more+1';
  const bytes = Buffer.from(passphrase);
  test.each([
    ['raw', passphrase],
    ['hex', bytes.toString('hex')],
    ['upper-case hex', bytes.toString('hex').toUpperCase()],
    ['base64', bytes.toString('base64')],
    ['base64url', bytes.toString('base64url')],
    [
      'base64 behind one byte',
      Buffer.from(`x${passphrase}`)
        .toString('base64')
        .slice(2, Math.floor(((bytes.length + 1) * 8) / 6)),
    ],
    [
      'base64 behind two bytes',
      Buffer.from(`xy${passphrase}`)
        .toString('base64')
        .slice(3, Math.floor(((bytes.length + 2) * 8) / 6)),
    ],
    ['URL', encodeURIComponent(passphrase)],
    ['JSON', JSON.stringify(passphrase).slice(1, -1)],
    ['reversed', [...passphrase].reverse().join('')],
    ['first half', passphrase.slice(0, passphrase.length / 2)],
    ['second half', passphrase.slice(passphrase.length / 2)],
  ])('%s', (_, form) => {
    const secrets = new Secrets();
    secrets.add(passphrase);
    expect(secrets.redact(`before ${form} after`)).toBe('before *** after');
  });

  test('a key: each of its lines, and its base64 wrapped at 64 and 76', () => {
    const secrets = new Secrets();
    secrets.add(armored);
    const line = armored.split('\n')[7] ?? '';
    expect(secrets.redact(`x${line}y`)).toBe('x***y');
    const encoded = Buffer.from(armored).toString('base64');
    for (const width of [64, 76]) {
      const shown = secrets.redact(wrapped(encoded, width)).split('\n');
      expect(new Set(shown.slice(0, -1))).toEqual(new Set(['***']));
    }
    expect(secrets.redact(encoded)).not.toMatch(/[A-Za-z0-9]{9}/);
  });
});

describe('what is not masked', () => {
  test('short texts, the frame of a key, and digests', () => {
    const secrets = new Secrets();
    const forms = secrets.add(armored);
    for (const harmless of [
      '=abcd',
      '-----BEGIN PGP PRIVATE KEY BLOCK-----',
      'Version: GnuPG v2',
      'a'.repeat(64),
      '0123456789abcdef'.repeat(4),
    ])
      expect(secrets.redact(harmless)).toBe(harmless);
    expect(forms.every((form) => form.trim().length >= 8 && !form.includes('\n'))).toBe(true);
    expect(new Secrets().add('short')).toEqual([]);
  });

  test('the runner hears of each form once', () => {
    const secrets = new Secrets();
    const first = secrets.add('correct-horse-battery');
    expect(first).toContain('correct-horse-battery');
    expect(new Set(first).size).toBe(first.length);
    expect(secrets.add('correct-horse-battery')).toEqual([]);
  });
});

test('the longest secret wins where one holds another', () => {
  const secrets = new Secrets();
  secrets.add('abcdefgh');
  secrets.add('abcdefghijkl');
  expect(secrets.redact('abcdefghijkl')).toBe('***');
});

test('any secret in any text is gone, and nothing else is', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8, maxLength: 30, unit: 'grapheme' }), fc.string(), fc.string(), (secret, before, after) => {
      fc.pre(secret.trim().length >= 8);
      const secrets = new Secrets();
      secrets.add(secret);
      expect(secrets.redact(before + secret + after)).not.toContain(secret.trim());
      expect(secrets.redact('nothing')).toBe('nothing');
    }),
  );
});

test('time does not grow with the number of secrets', () => {
  const secrets = new Secrets();
  secrets.add(armored);
  const text = 'an ordinary line of build output, gcc -O2 -g -c file.c\n'.repeat(100_000);
  const start = process.cpuUsage();
  expect(secrets.redact(text)).toBe(text);
  expect(process.cpuUsage(start).user).toBeLessThan(2_000_000);
});
