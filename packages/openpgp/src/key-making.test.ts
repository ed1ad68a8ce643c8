import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import type { PrivateKey } from 'openpgp';
import { type GpgHome, gpgHome, place } from './gpg-home.test-support.ts';
import { verifyWithGpgv } from './gpgv.ts';
import { secretArmored, subkeysOnly } from './key-forms.ts';
import { lockKey, openPrimary, readOnlyKey } from './key-lock.ts';
import { makeKey } from './key-making.ts';
import { addSigningSubkey } from './key-rotation.ts';
import { revocationCertificate, revokePublicKey, revokeSubkey } from './revocation.ts';
import { detachedSignature } from './signature.ts';
import { readSigningKey } from './signing-key.ts';

jest.setTimeout(120_000);

/** A minute ago, so that nothing is from the future. */
const now = Math.floor(Date.now() / 1000) * 1000 - 60_000;
const day = 24 * 60 * 60 * 1000;
const userId = { name: 'A Person', email: 'a@example.org' };
let host: RecordingHost;
let key: PrivateKey;

beforeAll(async () => {
  host = await recordingHost();
  key = await makeKey({ userId, algorithm: 'ed25519', validDays: 730 }, now);
});
afterAll(async () => {
  await host[Symbol.asyncDispose]();
});

async function homeWith(text: string): Promise<GpgHome> {
  const home = await gpgHome(host);
  await home.gpg(['--import'], text);
  return home;
}

/** Fields of `gpg --with-colons` (doc/DETAILS): kind, validity, algorithm, created, expires, abilities of this very key. */
async function listing(home: GpgHome): Promise<readonly (readonly string[])[]> {
  const lines = (await home.gpg(['--with-colons', '--list-keys'])).split('\n').map((line) => line.split(':'));
  return lines
    .filter(([kind]) => kind === 'pub' || kind === 'sub')
    .map((fields) => [fields[0] ?? '', fields[1] ?? '', fields[3] ?? '', (fields[11] ?? '').replace(/[A-Z]/g, '')]);
}

const fingerprintOf = (part: { getFingerprint(): string } | undefined): string => part?.getFingerprint().toUpperCase() ?? '';

describe('a new key', () => {
  test.each([
    ['ed25519', '22'],
    ['rsa4096', '1'],
  ] as const)('of %s is, to gpg, a primary key that only certifies and a subkey that only signs', async (algorithm, number) => {
    const made = await makeKey({ userId, algorithm, validDays: 730 }, now);
    await using home = await homeWith(await secretArmored(made));
    expect(await listing(home)).toEqual([
      ['pub', '-', number, 'c'],
      ['sub', '-', number, 's'],
    ]);
    const facts = await readSigningKey(await secretArmored(made), undefined, now);
    expect(facts).toMatchObject({ userId: 'A Person <a@example.org>', expires: now + 730 * day, warnings: [] });
    expect(facts.signingFingerprint).toBe(fingerprintOf(made.subkeys[0]));
  });

  test('is opened by its passphrase, byte for byte, by us and by gpg', async () => {
    const passphrase = ` "quoted" $x \\ ü `;
    const text = await secretArmored(await lockKey(key, passphrase));
    const locked = await readOnlyKey(text, 'key');
    await expect(openPrimary(locked, undefined)).rejects.toThrowWithCode('E_PASSPHRASE', /none is given/);
    await expect(openPrimary(locked, passphrase.trim())).rejects.toThrowWithCode('E_PASSPHRASE', /does not open/);
    expect((await openPrimary(locked, passphrase)).isDecrypted()).toBe(true);
    await using home = await homeWith(text);
    const file = await place(host, 'locked', 'content');
    // Before the right one, which gpg's agent remembers.
    await expect(home.gpg(['--passphrase', 'another', '--detach-sign', file])).rejects.toThrow();
    await home.gpg(['--passphrase', passphrase, '--output', `${file}.asc`, '--armor', '--detach-sign', file]);
  });
});

describe('the form for a secret', () => {
  test('is one line without the secret part of the primary key, for us and for gpg', async () => {
    const { oneLine, subkeys } = await subkeysOnly(await lockKey(key, 'pass'));
    expect(oneLine).toMatch(/^[A-Za-z0-9+/]+=*$/);
    expect(subkeys).toEqual([fingerprintOf(key.subkeys[0])]);
    expect(await readSigningKey(oneLine, 'pass', now)).toMatchObject({ fingerprint: fingerprintOf(key), signingFingerprint: subkeys[0] });
    await expect(openPrimary(await readOnlyKey(oneLine, 'key'), 'pass')).rejects.toThrowWithCode(
      'E_KEY_UNUSABLE',
      /primary key .* is not in the file/,
    );
    await using home = await gpgHome(host);
    await home.gpg(['--import', await place(host, 'stub.gpg', Buffer.from(oneLine, 'base64'))]);
    const secrets = (await home.gpg(['--with-colons', '--list-secret-keys'])).split('\n').map((line) => line.split(':'));
    expect(
      secrets.filter(([kind]) => kind === 'sec' || kind === 'ssb').map(([kind, , , , , , , , , , , , , , token]) => [kind, token]),
    ).toEqual([
      ['sec', '#'],
      ['ssb', '+'],
    ]);
  });

  test('leaves the key itself whole', async () => {
    const before = key.write();
    await subkeysOnly(key);
    expect(Buffer.from(key.write()).equals(before)).toBe(true);
  });

  test('holds the secret parts of the subkeys that are wanted, and the public parts of all; what is not there is E_INPUT', async () => {
    const two = await addSigningSubkey(key, 365, now + 1000);
    const [old, added] = two.subkeys.map(fingerprintOf);
    expect((await subkeysOnly(two, [added ?? ''])).subkeys).toEqual([added]);
    expect((await subkeysOnly(two)).subkeys).toEqual([old, added]);
    const oldOnly = await readSigningKey((await subkeysOnly(two, [old ?? ''])).oneLine, undefined, now + 2000);
    expect(oldOnly.signingFingerprint).toBe(old);
    expect(oldOnly.certificate.subkeys.map(fingerprintOf)).toEqual([old, added]);
    await expect(subkeysOnly(key, [added ?? ''])).rejects.toThrowWithCode('E_INPUT', /has no subkey/);
  });

  test('of a key without subkeys is E_KEY_UNUSABLE', async () => {
    await using home = await gpgHome(host);
    const bare = await home.generate('bare', 'ed25519', 'sign', '0');
    const text = await home.exportSecret(bare);
    await expect(subkeysOnly(await readOnlyKey(text, 'key'))).rejects.toThrowWithCode('E_KEY_UNUSABLE', /no subkey/);
  });
});

describe('a further subkey', () => {
  test.each(['ed25519', 'rsa3072', 'nistp256'])('of a key that gpg made of %s signs, and is of the same kind', async (kind) => {
    await using home = await gpgHome(host);
    const made = await home.generate('primary', kind, 'cert', '0');
    const text = await home.exportSecret(made, 'pass');
    const rotated = await addSigningSubkey(await openPrimary(await readOnlyKey(text, 'key'), 'pass'), 365, Date.now());
    await home.gpg(['--import'], await secretArmored(rotated));
    const [primary, subkey] = await listing(home);
    expect(subkey).toEqual(['sub', 'u', primary?.[2], 's']);
    const { oneLine } = await subkeysOnly(rotated);
    const signing = await readSigningKey(oneLine, undefined, Date.now());
    const file = await place(host, `signed-${kind}`, 'content');
    const signature = await place(host, `signed-${kind}.asc`, await detachedSignature(signing, { file }, Date.now()));
    await verifyWithGpgv(host, { publicKey: signing.certificate.armor(), signature, file, fingerprint: made });
  });
});

describe('a revocation', () => {
  test('certificate made with the key ends it, in gpg and in what is published', async () => {
    const certificate = await revocationCertificate(key, now);
    await using home = await homeWith(key.toPublic().armor());
    await home.gpg(['--import'], certificate);
    expect((await listing(home)).map(([kind, validity]) => [kind, validity])).toEqual([
      ['pub', 'r'],
      ['sub', 'r'],
    ]);
    const revoked = await revokePublicKey(key, certificate, now);
    const signing = await readSigningKey(await secretArmored(key), undefined, now);
    const file = await place(host, 'revoked', 'content');
    const signature = await place(host, 'revoked.asc', await detachedSignature(signing, { file }, now));
    await expect(verifyWithGpgv(host, { publicKey: revoked.armor(), signature, file })).rejects.toThrowWithCode('E_SIGNATURE', /revoked/);
  });

  test('certificate of another key, and a file that is none, are E_KEY_FORMAT', async () => {
    const other = await makeKey({ userId, algorithm: 'ed25519', validDays: 1 }, now);
    const certificate = await revocationCertificate(other, now);
    await expect(revokePublicKey(key, certificate, now)).rejects.toThrowWithCode('E_KEY_FORMAT', /no revocation certificate of the key/);
    await expect(revokePublicKey(key, 'hello', now)).rejects.toThrowWithCode('E_KEY_FORMAT', /no revocation certificate of the key/);
  });

  test('of a subkey leaves the others', async () => {
    const two = await addSigningSubkey(key, 365, now + 1000);
    const [old = '', added] = two.subkeys.map(fingerprintOf);
    const revoked = await revokeSubkey(two, old, 'retired', now + 2000);
    await using home = await homeWith(revoked.toPublic().armor());
    expect((await listing(home)).map(([kind, validity]) => [kind, validity])).toEqual([
      ['pub', '-'],
      ['sub', 'r'],
      ['sub', '-'],
    ]);
    expect(await readSigningKey(await secretArmored(revoked), undefined, now + 3000)).toMatchObject({ signingFingerprint: added });
    await expect(revokeSubkey(two, 'A'.repeat(40), 'compromised', now)).rejects.toThrowWithCode('E_INPUT', /has no subkey/);
  });
});
