import { describe, expect, jest, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import fc from 'fast-check';
import { place } from './gpg-home.test-support.ts';
import { verifyWithGpgv } from './gpgv.ts';
import { detachedSignature, publicKeyArmored } from './signature.ts';
import { makeThrowAwayKey, throwAwayName } from './throw-away-key.ts';

// gpg makes keys slowly on a busy machine.
jest.setTimeout(60_000);

const now = Date.UTC(2026, 0, 2, 3, 4, 5);

describe('a throw-away key', () => {
  test('says what it is and expires after a day', async () => {
    const key = await makeThrowAwayKey(now);
    expect(key).toMatchObject({ userId: throwAwayName, algorithm: 'Ed25519', expires: now + 24 * 60 * 60 * 1000, warnings: [] });
    expect(throwAwayName).toMatch(/throw-away.*do not trust/);
  });

  test('is another one each time', async () => {
    expect((await makeThrowAwayKey(now)).fingerprint).not.toBe((await makeThrowAwayKey(now)).fingerprint);
  });
});

describe('detached signatures', () => {
  test('are the same bytes for the same key, content and time, and other bytes for another time', async () => {
    const key = await makeThrowAwayKey(now);
    const content = new TextEncoder().encode('content');
    const first = await detachedSignature(key, content, now + 5000);
    expect(await detachedSignature(key, content, now + 5000)).toBe(first);
    expect(await detachedSignature(key, content, now + 6000)).not.toBe(first);
    expect(first).toMatch(/^-----BEGIN PGP SIGNATURE-----\n\n[^\r]*\n-----END PGP SIGNATURE-----\n$/);
  });

  test('a file and its bytes give the same signature', async () => {
    await using host = await recordingHost();
    const key = await makeThrowAwayKey(now);
    const file = await place(host, 'a_1.0~rc1_amd64.deb', 'deb');
    expect(await detachedSignature(key, { file }, now)).toBe(await detachedSignature(key, new TextEncoder().encode('deb'), now));
  });

  test('the public key holds nothing secret and has LF line ends', async () => {
    const text = await publicKeyArmored(await makeThrowAwayKey(now));
    expect(text).toMatch(/^-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n[^\r]*\n-----END PGP PUBLIC KEY BLOCK-----\n$/);
    expect(text).not.toContain('PRIVATE');
  });

  test('are SHA-512 of a binary document by the key itself, as gpg sees them', async () => {
    await using host = await recordingHost();
    const key = await makeThrowAwayKey(Date.now());
    const signature = await place(host, 's.asc', await detachedSignature(key, new Uint8Array(), Date.now()));
    const { stdout } = await host.exec(['gpg', '--homedir', host.files.workspace, '--batch', '--list-packets', signature]);
    expect(stdout).toMatch(/sigclass 0x00\n\tdigest algo 10,/);
    expect(stdout).toContain(`issuer fpr v4 ${key.fingerprint}`);
  });
});

describe('verification by gpgv', () => {
  test('accepts what was signed; any flipped byte of content or another key fails with E_SIGNATURE', async () => {
    await using host = await recordingHost();
    const key = await makeThrowAwayKey(Date.now());
    const publicKey = await publicKeyArmored(key);
    const content = new TextEncoder().encode('content of a package');
    const file = await place(host, 'file', content);
    const signature = await place(host, 'file.asc', await detachedSignature(key, content, Date.now()));
    await verifyWithGpgv(host, { publicKey, signature, file });
    await verifyWithGpgv(host, { publicKey, signature, file, fingerprint: key.fingerprint });
    const expected = { publicKey, signature, file, fingerprint: 'A'.repeat(40) };
    await expect(verifyWithGpgv(host, expected)).rejects.toThrowWithCode('E_SIGNATURE', /another key/);
    await fc.assert(
      fc.asyncProperty(fc.nat(content.length - 1), fc.integer({ min: 1, max: 255 }), async (index, flip) => {
        const changed = content.map((byte, at) => (at === index ? byte ^ flip : byte));
        await place(host, 'file', changed);
        await expect(verifyWithGpgv(host, { publicKey, signature, file })).rejects.toThrowWithCode('E_SIGNATURE', /was changed/);
      }),
      { numRuns: 10 },
    );
    await place(host, 'file', content);
    const other = await publicKeyArmored(await makeThrowAwayKey(Date.now()));
    await expect(verifyWithGpgv(host, { publicKey: other, signature, file })).rejects.toThrowWithCode(
      'E_SIGNATURE',
      /^the signature of file does not verify: it was made by another key/,
    );
  });

  test('an empty or garbled signature fails', async () => {
    await using host = await recordingHost();
    const publicKey = await publicKeyArmored(await makeThrowAwayKey(Date.now()));
    const file = await place(host, 'file', 'content');
    for (const text of ['', 'not a signature']) {
      const signature = await place(host, 'file.asc', text);
      await expect(verifyWithGpgv(host, { publicKey, signature, file })).rejects.toThrowWithCode('E_SIGNATURE', /does not verify/);
    }
  });
});
