import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { gpgForAll, soon } from './gpg-home.test-support.ts';
import { decodeKeys } from './key-encodings.ts';
import { splitPackets } from './key-packets.ts';
import { readSigningKey } from './signing-key.ts';

// gpg makes keys slowly on a busy machine.
jest.setTimeout(120_000);

const day = 24 * 60 * 60 * 1000;
const given = gpgForAll();
let number = 0;

/** A key of a user that no other key has. */
function key(algorithm: string, usage: string, expires = '0', at?: number): Promise<string> {
  number += 1;
  return given.home.generate(`Jane ${number} <jane${number}@example.org>`, algorithm, usage, expires, at === undefined ? {} : { at });
}

async function withSubkey(usage: string, expires = '0', at?: number): Promise<string> {
  const primary = await key('ed25519', 'cert', '0', at);
  await given.home.addSubkey(primary, usage === 'encr' ? 'cv25519' : 'ed25519', usage, expires, at === undefined ? {} : { at: at + day });
  return primary;
}

async function revoked(fingerprint: string): Promise<string> {
  const folder = /^Home: (.*)$/m.exec(await given.home.gpg(['--version']))?.[1] ?? '';
  const certificate = await readFile(join(folder, 'openpgp-revocs.d', `${fingerprint}.rev`), 'utf8');
  await given.home.gpg(['--import'], certificate.replace(/^:---/m, '---'));
  return fingerprint;
}

async function subkeyRevoked(fingerprint: string): Promise<string> {
  await given.home.gpg(['--command-fd', '0', '--edit-key', fingerprint], 'key 1\nrevkey\ny\n0\n\ny\nsave\n');
  return fingerprint;
}

/** As gpg of 2010 made keys. */
async function signedWithSha1(): Promise<string> {
  number += 1;
  const user = `Jane ${number} <jane${number}@example.org>`;
  await given.home.gpg(['--cert-digest-algo', 'SHA1', '--passphrase', '', '--quick-gen-key', user, 'rsa3072', 'sign', '0']);
  return /^fpr:+([0-9A-F]{40}):/m.exec(await given.home.gpg(['--with-colons', '--list-keys', user]))?.[1] ?? '';
}

async function boundWithSha1(): Promise<string> {
  const primary = await key('rsa3072', 'cert');
  await given.home.gpg([
    '--allow-weak-key-signatures',
    '--cert-digest-algo',
    'SHA1',
    '--passphrase',
    '',
    '--quick-add-key',
    primary,
    'rsa3072',
    'sign',
    '0',
  ]);
  return primary;
}

async function subkeysOnly(fingerprint: string): Promise<string> {
  return given.home.gpg(['--passphrase', '', '--armor', '--export-secret-subkeys', fingerprint]);
}

type Refused = readonly [string, () => Promise<string>, string, RegExp, RegExp];

const cases: readonly Refused[] = [
  [
    'K1 an expired key',
    () => key('ed25519', 'sign', '10d', Date.now() - 20 * day),
    'E_KEY_EXPIRED',
    /the primary key \w+ expired on 20\d\d-/,
    /--quick-set-expire [0-9A-F]{40} 2y;/,
  ],
  [
    'K2 an expired subkey',
    () => withSubkey('sign', '10d', Date.now() - 90 * day),
    'E_KEY_EXPIRED',
    /the subkey \w+ expired on 20\d\d-/,
    /--quick-set-expire [0-9A-F]{40} 2y [0-9A-F]{40};/,
  ],
  [
    'K4 a revoked key',
    async () => revoked(await key('ed25519', 'sign')),
    'E_KEY_REVOKED',
    /the primary key \w+ is revoked/,
    /new signing subkey, or a new key/,
  ],
  [
    'K4 a revoked key with a valid subkey',
    async () => revoked(await withSubkey('sign')),
    'E_KEY_REVOKED',
    /the primary key \w+ is revoked/,
    /new signing subkey, or a new key/,
  ],
  [
    'K4 a revoked subkey',
    async () => subkeyRevoked(await withSubkey('sign')),
    'E_KEY_REVOKED',
    /the subkey \w+ is revoked/,
    /new signing subkey/,
  ],
  [
    'K5 a key without a signing subkey',
    () => key('ed25519', 'cert'),
    'E_KEY_UNUSABLE',
    /holds no key that may sign, only one that certifies/,
    /--quick-add-key [0-9A-F]{40} ed25519 sign/,
  ],
  ['K6 a key for encryption only', () => key('rsa3072', 'encr'), 'E_KEY_UNUSABLE', /it is for encryption only/, /--quick-add-key/],
  ['K6 a subkey for encryption only', () => withSubkey('encr'), 'E_KEY_UNUSABLE', /it is for encryption only/, /--quick-add-key/],
  [
    'a key from the future',
    () => key('ed25519', 'sign', '0', Date.now() + 2 * day),
    'E_KEY_NOT_YET_VALID',
    /is valid from 20.* UTC on, and the clock of this machine says 20.* UTC/,
    /clock/,
  ],
  ['K13 RSA 1024', () => key('rsa1024', 'sign'), 'E_KEY_WEAK', /RSA 1024 is refused by apt 3 \(Debian 13\)/, /new key/],
  [
    'K13 RSA 2048',
    () => key('rsa2048', 'sign'),
    'E_KEY_WEAK',
    /RSA 2048 is refused by apt 3 \(Debian 13\) from 2030 on.*3072 bits/,
    /new key/,
  ],
  [
    'K13 DSA 1024',
    () => key('dsa1024', 'sign'),
    'E_KEY_WEAK',
    /DSA 1024 is refused by apt 3 \(Debian 13\) and by apt 2\.6 \(Debian 12\)/,
    /new key/,
  ],
  ['K13 DSA 2048', () => key('dsa2048', 'sign'), 'E_KEY_WEAK', /DSA 2048 is refused by apt 3 \(Debian 13\)/, /new key/],
  ['K13 brainpool', () => key('brainpoolP256r1', 'sign'), 'E_KEY_WEAK', /brainpoolP256r1 is refused by apt 3/, /new key/],
  ['K13 secp256k1', () => key('secp256k1', 'sign'), 'E_KEY_WEAK', /secp256k1 is refused by apt 3/, /new key/],
  [
    'K13 a user id signed with SHA-1',
    signedWithSha1,
    'E_KEY_WEAK',
    /the primary key \w+ is bound to its user id Jane \d+ <jane\d+@example\.org> by a signature with SHA-1, which apt 3/,
    /--cert-digest-algo SHA512 --quick-set-expire [0-9A-F]{40}/,
  ],
  [
    'K13 a subkey bound with SHA-1',
    boundWithSha1,
    'E_KEY_WEAK',
    /the subkey \w+ is bound to its primary key by a signature with SHA-1/,
    /new signing subkey/,
  ],
];

describe('a key that must not sign is refused with one code and one cure', () => {
  test.each(cases)('%s', async (_, make, code, message, cure) => {
    const fingerprint = await make();
    const reading = readSigningKey(await given.home.exportSecret(fingerprint), undefined, soon());
    await expect(reading).rejects.toMatchObject({ code, message: expect.stringMatching(message), cure: expect.stringMatching(cure) });
    await expect(reading).rejects.toMatchObject({ message: expect.stringContaining(fingerprint) });
  });

  test('K11 a part that may sign, but was left out of the export', async () => {
    const primary = await key('ed25519', 'sign');
    await given.home.addSubkey(primary, 'cv25519', 'encr', '0');
    const reading = readSigningKey(await subkeysOnly(primary), undefined, soon());
    await expect(reading).rejects.toThrowWithCode(
      'E_KEY_UNUSABLE',
      /the primary key \w+ has no secret part here: it was left out of the export/,
    );
    await expect(reading).rejects.toMatchObject({ cure: expect.stringMatching(/--export-secret-subkeys/) });
  });

  test('K11 K2 of an export of subkeys, an expired subkey is the reason, not the primary key that is elsewhere', async () => {
    const primary = await key('ed25519', 'sign', '0', Date.now() - 90 * day);
    await given.home.addSubkey(primary, 'ed25519', 'sign', '10d', { at: Date.now() - 80 * day });
    await expect(readSigningKey(await subkeysOnly(primary), undefined, soon())).rejects.toThrowWithCode(
      'E_KEY_EXPIRED',
      /the primary key \w+ has no secret part here.*the subkey \w+ expired on/,
    );
  });

  test('K4 a revocation that was damaged does not make the key good again', async () => {
    const text = await given.home.exportSecret(await revoked(await key('ed25519', 'sign')));
    const [{ packets } = { packets: Buffer.of() }] = decodeKeys(text, 'key');
    // gpg puts the revocation right behind the key.
    const damaged = splitPackets(packets, 'key').map(({ whole, tag }, index) => {
      if (index !== 1) return whole;
      expect(tag).toBe(2);
      return whole.map((byte, at) => (at === whole.length - 1 ? byte ^ 1 : byte));
    });
    await expect(readSigningKey(Buffer.concat(damaged), undefined, soon())).rejects.toThrowWithCode(
      'E_KEY_FORMAT',
      /carries a revocation that does not verify/,
    );
  });
});
