import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { clearSign } from './clear-sign.ts';
import { gpgForAll, place } from './gpg-home.test-support.ts';
import { loadOpenpgp } from './library.ts';
import { publicKeyArmored } from './signature.ts';
import { readSigningKey, type SigningKey } from './signing-key.ts';
import { makeThrowAwayKey } from './throw-away-key.ts';

// gpg makes keys slowly on a busy machine.
jest.setTimeout(120_000);

const now = Date.now();
let key: SigningKey;
const given = gpgForAll();

beforeAll(async () => {
  key = await makeThrowAwayKey(now - 1000);
  await given.home.gpg(['--import'], await publicKeyArmored(key));
});
/** Lines as control files hold them, and as they should not but may. */
const piece = fc.constantFrom('-', '- ', '--', ' ', '\t', '  \t', 'a', 'ü', '😀', 'From ', '-----BEGIN PGP SIGNATURE-----', 'Hash: SHA512');
const line = fc
  .tuple(fc.array(piece, { maxLength: 5 }), fc.constantFrom('\n', '\n', '\r\n'))
  .map(([pieces, end]) => `${pieces.join('')}${end}`);
const texts = fc.array(line, { minLength: 1, maxLength: 8 }).map((lines) => lines.join(''));

/** What gpg prints of a signed text: without the blanks at the ends of lines, which no signature covers. */
const trimmed = (text: string): string => text.replace(/[ \t]+(?=\r?\n)/g, '');

async function gpgReads(signed: string): Promise<string> {
  const file = await place(given.host, 'text.asc', signed);
  const output = `${file}.out`;
  await given.home.gpg(['--output', output, '--decrypt', file]);
  return (await given.host.exec(['cat', output])).stdout;
}

describe('a clear-signed text', () => {
  test('whatever its lines are, verifies with the library', async () => {
    const { readCleartextMessage, verify } = await loadOpenpgp();
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const message = await readCleartextMessage({ cleartextMessage: await clearSign([key], text, now) });
        const { signatures } = await verify({ message, verificationKeys: key.certificate, expectSigned: true });
        for (const { verified } of signatures) await verified;
        expect(signatures).toHaveLength(1);
      }),
      { numRuns: 200 },
    );
  });

  test('whatever its lines are, verifies with gpg, which reads the text that was signed', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        expect(await gpgReads(await clearSign([key], text, now))).toBe(trimmed(text));
      }),
      { numRuns: 15 },
    );
  });

  test('keeps blanks and line ends as they are, and escapes hyphens', async () => {
    const signed = await clearSign([key], '-a\n - b \t\n-\r\n\n', now);
    expect(signed).toMatch(
      /^-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n- -a\n - b \t\n- -\r\n\n-----BEGIN PGP SIGNATURE-----\n\n[A-Za-z0-9+/=\n]+-----END PGP SIGNATURE-----\n$/,
    );
  });

  test('is the same bytes for the same key, text and time', async () => {
    expect(await clearSign([key], 'a\n', now)).toBe(await clearSign([key], 'a\n', now));
    expect(await clearSign([key], 'a\n', now)).not.toBe(await clearSign([key], 'a\n', now + 1000));
  });

  test('a letter more or less in it is found by gpgv', async () => {
    const keyring = await place(given.host, 'key.gpg', key.certificate.write());
    const signed = await clearSign([key], 'Package: hello\nVersion: 1\n', now);
    for (const changed of [signed.replace('hello', 'hallo'), signed.replace('1\n', '1\n\n'), signed.replace('hello\n', 'hello')]) {
      const file = await place(given.host, 'changed.asc', changed);
      await expect(given.host.exec(['gpgv', '--keyring', keyring, file])).rejects.toThrowWithCode('E_COMMAND');
    }
    await given.host.exec(['gpgv', '--keyring', keyring, await place(given.host, 'same.asc', signed)]);
  });

  test('by two keys verifies for those who have either of them', async () => {
    const fingerprint = await given.home.generate('Old <old@example.org>', 'rsa3072', 'sign', 'never');
    const old = await readSigningKey(await given.home.exportSecret(fingerprint), undefined, Date.now());
    const file = await place(given.host, 'both.asc', await clearSign([old, key], 'Origin: us\n', Date.now()));
    for (const { certificate } of [old, key]) {
      const keyring = await place(given.host, 'one.gpg', certificate.write());
      // gpgv wants all keys; apt is content with one.
      const { stdout } = await given.host.exec(['gpgv', '--status-fd', '1', '--keyring', keyring, file], { allow: 'any' });
      expect(stdout.match(/GOODSIG/g)).toHaveLength(1);
      expect(stdout).not.toContain('BADSIG');
    }
    await given.home.gpg(['--verify', file]);
  });

  test('has lines of up to 19900 bytes, which gpg does not cut', async () => {
    const text = `${'ä'.repeat(9950)}\n-\n`;
    expect(await gpgReads(await clearSign([key], text, now))).toBe(text);
  });

  test.each([
    ['an empty text', '', /empty/],
    ['a last line without end', 'a\nb', /no end/],
    ['a NUL byte', 'a\0\n', /NUL/],
    ['a carriage return inside a line', 'a\rb\n', /carriage return/],
    ['a carriage return twice', 'a\r\r\n', /carriage return/],
    ['half a letter', '\ud800\n', /Unicode/],
    ['a line that gpg would cut', `${'a'.repeat(19_901)}\n`, /19900 bytes/],
  ])('%s is refused with E_CONTROL', async (_, text, message) => {
    await expect(clearSign([key], text, now)).rejects.toThrowWithCode('E_CONTROL', message);
  });
});
