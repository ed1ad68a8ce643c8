import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import fc from 'fast-check';
import { keyMaterialOf } from './key-material.ts';
import { Secrets } from './secrets.ts';

// gpg makes keys slowly on a busy machine.
jest.setTimeout(60_000);

const home = mkdtempSync('/tmp/g-');
afterAll(() => {
  execFileSync('gpgconf', ['--homedir', home, '--kill', 'all']);
  rmSync(home, { recursive: true });
});

function gpg(passphrase: string, ...args: string[]): Buffer {
  const common = ['--homedir', home, '--batch', '--yes', '--pinentry-mode', 'loopback', '--passphrase', passphrase];
  return execFileSync('gpg', [...common, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
}

function make(
  user: string,
  algorithm: string,
  passphrase: string,
): { readonly armored: string; readonly binary: Buffer; readonly public: string } {
  gpg(passphrase, '--quick-generate-key', user, algorithm, 'sign', '1y');
  const [, fingerprint = ''] = /^fpr:+([0-9A-F]{40}):/m.exec(gpg('', '--with-colons', '--list-keys', user).toString()) ?? [];
  gpg(
    passphrase,
    '--quick-add-key',
    fingerprint,
    algorithm === 'rsa3072' ? algorithm : 'cv25519',
    algorithm === 'rsa3072' ? 'sign' : 'encr',
    '1y',
  );
  const armored = gpg(passphrase, '--armor', '--export-secret-keys', fingerprint).toString();
  // Not exported once more: gpg locks what it exports anew each time.
  const binary = execFileSync('gpg', ['--homedir', home, '--dearmor'], { input: armored, stdio: ['pipe', 'pipe', 'ignore'] });
  return { armored, binary, public: `${gpg('', '--armor', '--export', fingerprint)}${fingerprint}\n${user}\n` };
}

const keys = [
  ['ed25519, no passphrase', make('Ed <ed@example.org>', 'ed25519', '')],
  ['ed25519, passphrase', make('Locked <locked@example.org>', 'ed25519', 'a passphrase')],
  ['rsa3072, passphrase', make('Rsa <rsa@example.org>', 'rsa3072', 'a passphrase')],
  ['nistp256, no passphrase', make('Nist <nist@example.org>', 'nistp256', '')],
] as const;

const wrapped = (text: string, width: number): string => (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join('\n');

describe.each(keys)('%s', (_, key) => {
  const forms = [
    ['armored', key.armored],
    ['CRLF, with noise around', `sec ${key.public}\r\n${key.armored.replaceAll('\n', '\r\n')}\r\nsee ${key.public}`],
    ['blanks in place of line ends', key.armored.replaceAll('\n', ' ')],
    ['written-out line ends', key.armored.replaceAll('\n', '\\n')],
    ['base64 of the block', Buffer.from(key.armored).toString('base64')],
    ['wrapped base64 of the block', wrapped(Buffer.from(key.armored).toString('base64'), 76)],
    ['base64 of the binary export', key.binary.toString('base64')],
    ['wrapped base64 of the binary export', wrapped(key.binary.toString('base64'), 76)],
  ] as const;

  test.each(forms)('%s: the secret part of key and subkey is found, whatever the form', (_, text) => {
    const parts = keyMaterialOf(text)?.parts ?? [];
    expect(parts).toHaveLength(2);
    for (const part of parts) {
      expect(part.length).toBeGreaterThan(32);
      expect(key.binary.includes(Buffer.from(part))).toBe(true);
    }
  });

  test.each(forms)('%s: secret bytes are hidden in every encoding, the public key in none', (_, text) => {
    const secrets = new Secrets();
    const masks = secrets.add(text);
    const visible = Buffer.concat([Buffer.from('before'), key.binary, Buffer.from('after')]);
    for (const part of keyMaterialOf(key.armored)?.parts ?? []) {
      for (const encoding of ['hex', 'base64', 'base64url'] as const) {
        const inner = Buffer.from(part).toString(encoding).slice(4, -4);
        expect(secrets.redact(`x ${visible.toString(encoding)} y`)).not.toContain(inner);
      }
      for (const width of [64, 76]) {
        const lines = wrapped(key.binary.toString('base64'), width).split('\n');
        const hidden = lines.filter((line) => secrets.redact(line) === '***');
        expect(hidden.length).toBeGreaterThanOrEqual(Math.floor(part.length / 57));
      }
      expect(secrets.redact(Buffer.from(part).toString('hex').toUpperCase())).toBe('***');
    }
    expect(secrets.redact(key.public)).toBe(key.public);
    expect(masks.filter((mask) => key.public.includes(mask))).toEqual([]);
    expect(masks.filter((mask) => mask.length < 8 || mask.includes('\n'))).toEqual([]);
  });
});

test('of a damaged block every line is taken for secret', () => {
  const { armored } = keys[0][1];
  const cut = armored.slice(0, armored.length / 2);
  const lines = cut.split('\n').filter((line) => line.length === 64);
  expect(keyMaterialOf(cut)).toMatchObject({ parts: [], lines: expect.arrayContaining(lines) });
});

test.each(['', 'a passphrase', 'cGFzc3dvcmQ=', keys[0][1].public])('what is no secret key has no material: %j', (text) => {
  expect(keyMaterialOf(text)).toBeUndefined();
});

test('any bytes are read to an end', () => {
  const armor = (bytes: Uint8Array): string =>
    `-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n${wrapped(Buffer.from(bytes).toString('base64'), 64)}\n-----END PGP PRIVATE KEY BLOCK-----\n`;
  const start = fc.constantFrom([0x94], [0x95], [0x97], [0xc5], [0xc7, 0xff], [0xc5, 0xe0], [0x3f], []);
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 200 }), (head, rest) => {
      const bytes = Buffer.concat([Buffer.from(head), rest]);
      const { lines, parts } = keyMaterialOf(armor(bytes)) ?? { lines: [], parts: [] };
      expect(parts.every((part) => bytes.includes(Buffer.from(part)))).toBe(true);
      expect(lines.every((line) => line.length <= 76)).toBe(true);
    }),
  );
});
