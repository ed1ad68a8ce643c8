import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { place } from './gpg-home.test-support.ts';
import { verifyWithGpgv } from './gpgv.ts';
import { detachedSignature, publicKeyArmored } from './signature.ts';
import { readSigningKey } from './signing-key.ts';

jest.setTimeout(60_000);

/** test/fixtures/keys/README.md says how each was made. */
const now = Date.now();
const passphrase = 'a "pass" phrase';
let host: RecordingHost;

beforeEach(async () => {
  host = await recordingHost();
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

function made(name: string): Promise<string> {
  return readFile(new URL(`../../../test/fixtures/keys/${name}`, import.meta.url), 'utf8');
}

describe('keys of programs that this host does not have', () => {
  test.each([
    ['gpg-2.4-ed25519.asc', passphrase, 'Gpg 2.4 <gpg@example.org>'],
    ['sq-ed25519.asc', undefined, 'Sq <sq@example.org>'],
    ['sq-ed25519-password.asc', passphrase, 'Sq <sq@example.org>'],
  ])('%s: its subkey signs, and gpgv verifies', async (name, secret, userId) => {
    const key = await readSigningKey(await made(name), secret, now);
    expect(key).toMatchObject({ algorithm: 'Ed25519', userId, expires: undefined, warnings: [] });
    expect(key.signingFingerprint).not.toBe(key.fingerprint);
    const file = await place(host, 'file', 'content');
    const signature = await place(host, 'file.asc', await detachedSignature(key, { file }, now));
    await verifyWithGpgv(host, { publicKey: await publicKeyArmored(key), signature, file });
  });

  test.each([
    ['K7 of gpg 2.4', 'gpg-2.4-ed25519.asc'],
    ['K7 of sq', 'sq-ed25519-password.asc'],
  ])('%s: a wrong passphrase is E_PASSPHRASE, with what is easily overlooked', async (_, name) => {
    const text = await made(name);
    await expect(readSigningKey(text, passphrase.slice(1), now)).rejects.toThrowWithCode('E_PASSPHRASE', /does not open the signing key$/);
    await expect(readSigningKey(text, `${passphrase}\n`, now)).rejects.toMatchObject({
      cure: expect.stringMatching(/ends with a line end/),
    });
    await expect(readSigningKey(text, ` ${passphrase}`, now)).rejects.toMatchObject({
      cure: expect.stringMatching(/begins or ends with a blank/),
    });
  });

  test.each([
    ['K20 of RFC 9580', 'sq-rfc9580.asc', /key of version 6, which gpg 2\.2 and 2\.4 and the apt of Debian 12 do not know \(RFC 9580\)/],
    ['K20 of LibrePGP', 'gpg-2.4-ed448.asc', /key of version 5, which gpg 2\.2, sqv and apt do not know \(LibrePGP\)/],
  ])('%s: E_KEY_UNUSABLE, and passed over beside a key that all know', async (_, name, reason) => {
    const text = await made(name);
    await expect(readSigningKey(text, undefined, now)).rejects.toThrowWithCode('E_KEY_UNUSABLE', reason);
    await expect(readSigningKey(text, undefined, now)).rejects.toMatchObject({
      cure: expect.stringMatching(/version 4.*--profile rfc4880/),
    });
    const both = await readSigningKey(`${text}\n${await made('sq-ed25519.asc')}`, undefined, now);
    expect(both).toMatchObject({ userId: 'Sq <sq@example.org>', algorithm: 'Ed25519' });
    expect(both.passedOver).toEqual([expect.stringMatching(/^The signing key also holds a key of version [56], which /)]);
  });
});
