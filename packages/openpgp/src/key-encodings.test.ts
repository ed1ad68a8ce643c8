import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { UserError } from '@release-kit/action';
import fc from 'fast-check';
import { ed25519ForAll, gpgForAll, soon } from './gpg-home.test-support.ts';
import { readCertificates } from './key-text.ts';
import { detachedSignature } from './signature.ts';
import { type ReadSigningKey, readSigningKey } from './signing-key.ts';

// gpg makes keys slowly on a busy machine.
jest.setTimeout(60_000);

const given = gpgForAll();
const ed25519 = ed25519ForAll(given);

/** Something that is not the key's. */
const publicBody = 'mDMEaQ==';
const body = (armor: string): string => armor.split('\n\n')[1]?.replace(/\n=[\s\S]*$/, '') ?? '';
const binary = (armor: string): Buffer => Buffer.from(body(armor), 'base64');

/** One bit of the byte at this place is another one; armored without checksum. */
function flipped(armor: string, at: number): string {
  const bytes = binary(armor).map((byte, index) => (index === at ? byte ^ 1 : byte));
  return `-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${Buffer.from(bytes).toString('base64')}\n-----END PGP PRIVATE KEY BLOCK-----\n`;
}

type Form = (armor: string) => string | Uint8Array;

describe('forms of a key that are read: K15, K16', () => {
  const forms: readonly (readonly [string, Form])[] = [
    ['K15 as exported', (armor) => armor],
    ['K15 noise around', (armor) => `my key:\n\n${armor}\nend of it\n`],
    ['K15 indented', (armor) => armor.replace(/^/gm, '    ')],
    ['K15 CRLF', (armor) => armor.replaceAll('\n', '\r\n')],
    ['K15 a byte-order mark', (armor) => `\ufeff${armor}`],
    ['K15 no checksum', (armor) => armor.replace(/^=.{4}\n/m, '')],
    ['K15 headers', (armor) => armor.replace('\n\n', '\nVersion: GnuPG v2\nComment: a key: mine\n\n')],
    ['K15 no blank line', (armor) => armor.replace('\n\n', '\n')],
    [
      'K15 public and secret block',
      (armor) => `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${publicBody}\n-----END PGP PUBLIC KEY BLOCK-----\n${armor}`,
    ],
    ['K15 behind a public block that is cut off', (armor) => `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${publicBody}\n${armor}`],
    ['K16 on one line, blanks between', (armor) => armor.replaceAll('\n', ' ')],
    ['K16 on one line, nothing between', (armor) => armor.replaceAll('\n', '')],
    ['K16 line ends written as \\n', (armor) => armor.replaceAll('\n', '\\n')],
    ['K16 line ends written as \\\\n', (armor) => armor.replaceAll('\n', '\\\\n')],
    ['K16 line ends written as \\r\\n', (armor) => armor.replaceAll('\n', '\\r\\n')],
    ['K16 in quotes, as JSON', (armor) => JSON.stringify(armor)],
    ['K16 base64 on one line', (armor) => Buffer.from(armor).toString('base64')],
    ['K16 base64 wrapped at 64', (armor) => Buffer.from(armor).toString('base64').replace(/.{64}/g, '$&\n')],
    ['K16 base64 without padding', (armor) => Buffer.from(armor).toString('base64url')],
    ['K16 base64 of CRLF and a byte-order mark', (armor) => Buffer.from(`\ufeff${armor.replaceAll('\n', '\r\n')}`).toString('base64')],
    ['K16 base64 of the binary form', (armor) => binary(armor).toString('base64')],
    ['K16 base64 of the binary form, wrapped', (armor) => body(armor)],
    ['K16 base64 in quotes', (armor) => `"${Buffer.from(armor).toString('base64')}"\n`],
    ['K16 base64 in single quotes', (armor) => `'${binary(armor).toString('base64')}'`],
    ['K16 base64 as zsh shows it, with % behind it', (armor) => `${Buffer.from(armor).toString('base64')}%\n`],
    ['the binary form in a file', (armor) => binary(armor)],
    ['armor in a file', (armor) => Buffer.from(armor)],
    ['UTF-16 in a file, as PowerShell writes', (armor) => Buffer.from(`\ufeff${armor}`, 'utf16le')],
  ];
  test.each(forms)('%s', async (_, form) => {
    expect(await readSigningKey(form(ed25519.armored), undefined, soon())).toMatchObject({
      fingerprint: ed25519.fingerprint,
      signingFingerprint: ed25519.fingerprint,
      algorithm: 'Ed25519',
      userId: 'Ed <ed@example.org>',
      expires: undefined,
      warnings: [],
      passedOver: [],
    });
  });
});

describe('what is no key, or a key no more, is E_KEY_FORMAT and says what it is', () => {
  const broken: readonly (readonly [string, Form, RegExp, RegExp])[] = [
    ['K16 empty', () => ' \n', /is empty/, /not set.*secrets: inherit/],
    ['K16 something else', () => 'hello world!', /neither an armored block nor its base64/, /--export-secret-keys/],
    ['K16 base64 of something else', () => Buffer.from('hello world').toString('base64'), /not of an OpenPGP key/, /--export-secret-keys/],
    ['K16 words that look like base64', () => 'not-a-key-but-secret', /not of an OpenPGP key/, /--export-secret-keys/],
    ['K16 END line cut off', (armor) => armor.slice(0, -80), /cut off: its END line/, /paste all of it/],
    ['K16 BEGIN line cut off', (armor) => armor.slice(20), /cut off: its BEGIN line/, /paste all of it/],
    ['K16 base64 cut off', (armor) => binary(armor).subarray(0, -30).toString('base64'), /cut off: its last packet/, /paste all of it/],
    ['K16 binary cut off', (armor) => binary(armor).subarray(0, 1), /cut off: its last packet/, /paste all of it/],
    [
      'K16 line ends lost, with headers',
      (armor) => armor.replace('\n\n', '\nVersion: GnuPG v2\n\n').replaceAll('\n', ' '),
      /lost its line ends/,
      /unchanged/,
    ],
    [
      'K16 one letter changed',
      (armor) => armor.replace(/\n\n(.)/, (_, first: string) => `\n\n${first === 'l' ? 'm' : 'l'}`),
      /damaged: its checksum/,
      /unchanged/,
    ],
    ['K16 one letter lost', (armor) => armor.replace(/\n\n./, '\n\n'), /damaged: letters are missing/, /unchanged/],
    ['K16 one letter that is none of base64', (armor) => armor.replace(/\n\n./, '\n\n?'), /damaged: letters.*none of base64/, /unchanged/],
    [
      'K16 a byte of the fingerprint changed, no checksum',
      (armor) => flipped(armor, 40),
      /no signature of the key itself that verifies/,
      /bad signature/,
    ],
    ['K16 a byte of the secret part changed, no checksum', (armor) => flipped(armor, 60), /damaged: its parts cannot be read/, /unchanged/],
    ['far too long', (armor) => armor.padEnd(1024 * 1024 + 1), /longer than 1 MiB/, /--export-secret-keys/],
    [
      'a key of SSH',
      () => '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk=\n-----END OPENSSH PRIVATE KEY-----\n',
      /no OpenPGP key, but a block "OPENSSH PRIVATE KEY"/,
      /--export-secret-keys/,
    ],
    [
      'a signature',
      () => '-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n',
      /a block "PGP SIGNATURE"/,
      /--export-secret-keys/,
    ],
    ['a key of age', () => 'AGE-SECRET-KEY-1QQPQZ0JM2XVK8Y5H9T3WQG0A0QYJ3DTZ', /is a key of age/, /--export-secret-keys/],
    ['a key of minisign', () => 'untrusted comment: minisign encrypted secret key\nRWRTY0Iy\n', /is of minisign/, /--export-secret-keys/],
    ['a public key of SSH', () => 'ssh-ed25519 AAAAC3NzaC1lZDI1 me@example.org', /is a public key of SSH/, /--export-secret-keys/],
    ['a fingerprint', () => 'ABCD 1234 '.repeat(5), /is the fingerprint of a key/, /--export-secret-keys/],
    ['the id of a key', () => '0x0123456789abcdef\n', /is the fingerprint of a key/, /--export-secret-keys/],
    ["a file of gpg's own folder", () => 'Created: 20260101T000000\nKey: (private-key (ecc', /private-keys-v1.d/, /--export-secret-keys/],
    ['the name of a file', () => '~/archive-key/signing-key-secret.txt', /is the name of a file, not what/, /--export-secret-keys/],
    ['a block without a key', (armor) => armor.replace(/\n\n[\s\S]*\n-----END/, '\n\n-----END'), /no key in its block/, /unchanged/],
  ];
  test.each(broken)('%s', async (_, form, message, cure) => {
    const reading = readSigningKey(form(ed25519.armored), undefined, soon());
    await expect(reading).rejects.toThrowWithCode('E_KEY_FORMAT', message);
    await expect(reading).rejects.toMatchObject({ cure: expect.stringMatching(cure) });
  });
});

describe('a file of a stranger as large as may be is read in no time', () => {
  const size = 1024 * 1024;
  test.each([
    ['BEGIN lines', '-----BEGIN PGP PRIVATE KEY BLOCK-----\n', /END line is missing/],
    ['backslashes', '\\', /neither an armored block/],
    ['blanks and quotes', '" ', /neither an armored block/],
    ['headers', 'Comment: x\n', /neither an armored block/],
  ])('%s', async (_, unit, message) => {
    const text = unit.repeat(Math.floor(size / unit.length));
    await expect(readSigningKey(text, undefined, soon())).rejects.toThrowWithCode('E_KEY_FORMAT', message);
  });

  test('keys without content', async () => {
    const empty = Buffer.alloc(size, Buffer.of(0xc5, 0));
    await expect(readSigningKey(empty, undefined, soon())).rejects.toThrowWithCode('E_KEY_FORMAT', /a key in it is empty/);
  });
});

test('a revocation certificate in place of a key is told as that, also where a public key is expected', async () => {
  const [, home = ''] = /^Home: (.+)$/m.exec(await given.home.gpg(['--version'])) ?? [];
  const stored = await readFile(join(home, 'openpgp-revocs.d', `${ed25519.fingerprint}.rev`), 'utf8');
  const message = /is a revocation certificate/;
  await expect(readSigningKey(stored, undefined, soon())).rejects.toThrowWithCode('E_KEY_FORMAT', message);
  await expect(readCertificates(stored)).rejects.toThrowWithCode('E_KEY_FORMAT', message);
});

test('K10: a public key is E_KEY_PUBLIC_ONLY, armored, in base64 and binary', async () => {
  const armor = await given.home.gpg(['--armor', '--export', ed25519.fingerprint]);
  for (const form of [armor, Buffer.from(armor).toString('base64'), body(armor), binary(armor)])
    await expect(readSigningKey(form, undefined, soon())).rejects.toThrowWithCode('E_KEY_PUBLIC_ONLY', /nothing to sign with/);
});

test('K16: any changed letter of a key ends in a clear error, or in the same signatures, never in those of another key or a crash', async () => {
  const right = await readSigningKey(ed25519.armored, undefined, soon());
  const [content, now] = [new TextEncoder().encode('content'), Date.now()];
  const signature = await detachedSignature(right, content, now);
  const letters = body(ed25519.armored).replaceAll('\n', '');
  await fc.assert(
    fc.asyncProperty(fc.nat(letters.length - 3), fc.integer({ min: 1, max: 63 }), async (index, step) => {
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
      const letter = alphabet[(alphabet.indexOf(letters[index] ?? '') + step) % 64] ?? '';
      await expectErrorOr(signature, letters.slice(0, index) + letter + letters.slice(index + 1), content, now);
    }),
    { numRuns: 300 },
  );
});

test('K16: a key that ends anywhere too early or has bytes too many, and any bytes at all, end in a clear error', async () => {
  const [content, now] = [new TextEncoder().encode('content'), Date.now()];
  const signature = await detachedSignature(await readSigningKey(ed25519.armored, undefined, soon()), content, now);
  const whole = binary(ed25519.armored);
  const cut = fc.nat(whole.length - 1).map((length) => whole.subarray(0, length));
  const changed = fc
    .tuple(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 8 }))
    .map(([at, bytes]) => Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at)]));
  await fc.assert(
    fc.asyncProperty(fc.oneof(cut, changed, fc.uint8Array({ maxLength: 300 })), async (bytes) => {
      for (const form of [bytes, Buffer.from(bytes).toString('base64')]) await expectErrorOr(signature, form, content, now);
    }),
    { numRuns: 300 },
  );
});

/** The text is refused, or holds the very key that made this signature: some bytes say nothing. */
async function expectErrorOr(signature: string, text: string | Uint8Array, content: Uint8Array, now: number): Promise<void> {
  const outcome = await keyOrCode(text);
  if (typeof outcome === 'string') expect(outcome).toMatch(/^E_KEY_|^E_PASSPHRASE$/);
  else expect(await detachedSignature(outcome, content, now)).toBe(signature);
}

/** Of another error than one for users, the test fails. */
async function keyOrCode(text: string | Uint8Array): Promise<ReadSigningKey | string> {
  try {
    return await readSigningKey(text, undefined, soon());
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
}
