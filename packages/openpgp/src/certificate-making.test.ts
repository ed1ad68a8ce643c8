import { describe, expect, jest, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { addRemoteSubkey, makeCertificate } from './certificate-making.ts';
import { gpgHome, place } from './gpg-home.test-support.ts';
import { opensslKeyPair } from './openssl-signer.test-support.ts';

// openssl makes RSA keys slowly on a busy machine.
jest.setTimeout(120_000);

const userId = 'Jane Ö. <jane@example.org>';
const time = Date.UTC(2026, 0, 2, 3, 4, 5);
const day = 24 * 60 * 60 * 1000;

describe('a certificate for a key that is elsewhere', () => {
  test.each([['rsa3072'], ['p256'], ['p384'], ['p521'], ['ed25519']] as const)(
    'gpg imports one of %s, and it may certify and sign',
    async (kind) => {
      await using host = await recordingHost();
      await using home = await gpgHome(host);
      const pair = await opensslKeyPair(host, kind);
      const { certificate } = await makeCertificate(host, { ...pair, userId, time, expires: time + 700 * day });
      const file = await place(host, 'key.gpg', certificate.write());
      await home.gpg(['--import', file]);
      const listing = await home.gpg(['--with-colons', '--check-sigs']);
      const fingerprint = certificate.getFingerprint().toUpperCase();
      const made = time / 1000;
      // gpg knows Ed25519 by number 22, ECDSA by 19, RSA by 1; "!" is a good self-signature, "sc" sign and certify.
      expect(listing).toMatch(
        new RegExp(`^pub:-:\\d+:(1|19|22):${fingerprint.slice(-16)}:${made}:${made + 700 * 86_400}:.*:sc[SC]*:`, 'm'),
      );
      expect(listing).toMatch(/^sig:!::.*:13x:/m);
      expect(listing).toContain('Jane Ö. <jane@example.org>');
    },
  );

  test('with a subkey that signs, the primary key only certifies; each has its own time to live', async () => {
    await using host = await recordingHost();
    await using home = await gpgHome(host);
    const made = Math.floor(Date.now() / 1000) * 1000;
    const subkey = { ...(await opensslKeyPair(host, 'p256')), expires: made + 100 * day };
    const { certificate } = await makeCertificate(host, { ...(await opensslKeyPair(host, 'ed25519')), userId, time: made, subkey });
    await home.gpg(['--import', await place(host, 'key.gpg', certificate.write())]);
    const listing = await home.gpg(['--with-colons', '--check-sigs']);
    expect(listing).toMatch(/^pub:-:\d+:22:[0-9A-F]{16}:\d+:::.*:cSC:/m);
    expect(listing).toMatch(new RegExp(`^sub:-:256:19:[0-9A-F]{16}:\\d+:${made / 1000 + 100 * 86_400}:.*:s:`, 'm'));
    expect(listing.match(/^sig:!:/gm)).toHaveLength(2);
  });

  test('the same keys, user id and time give the same fingerprint, another time another one', async () => {
    await using host = await recordingHost();
    const pair = await opensslKeyPair(host, 'ed25519');
    const made = async (at: number) => (await makeCertificate(host, { ...pair, userId, time: at })).certificate;
    expect((await made(time)).write()).toEqual((await made(time)).write());
    expect((await made(time)).getFingerprint()).not.toBe((await made(time + 1000)).getFingerprint());
  });

  test('gpg takes its revocation certificate', async () => {
    await using host = await recordingHost();
    await using home = await gpgHome(host);
    const { certificate, revocation } = await makeCertificate(host, { ...(await opensslKeyPair(host, 'p256')), userId, time });
    await home.gpg(['--import', await place(host, 'key.gpg', certificate.write())]);
    await home.gpg(['--import', await place(host, 'revocation.asc', revocation)]);
    expect(await home.gpg(['--with-colons', '--list-keys'])).toMatch(/^pub:r:/m);
  });

  test('a subkey in a token joins a primary key that gpg made', async () => {
    await using host = await recordingHost();
    await using home = await gpgHome(host);
    const primary = await home.generate('Jane <jane@example.org>', 'rsa3072', 'cert', 'never');
    const { readPrivateKey } = await import('openpgp');
    const open = await readPrivateKey({ armoredKey: await home.exportSecret(primary) });
    const { certificate, stub } = await addRemoteSubkey(host, open, await opensslKeyPair(host, 'ed25519'), Date.now());
    await home.gpg(['--import', await place(host, 'key.gpg', certificate.write())]);
    const listing = await home.gpg(['--with-colons', '--check-sigs']);
    expect(listing).toMatch(/^sub:u:\d+:22:.*:s:/m);
    expect(listing).not.toMatch(/^sig:[^!]/m);
    await using offline = await gpgHome(host);
    await offline.gpg(['--import', await place(host, 'offline.gpg', Buffer.concat([open.write(), stub]))]);
    // Field 15: "+" a secret part that is there, "#" one that is not.
    const secrets = await offline.gpg(['--with-colons', '--list-secret-keys']);
    expect(secrets).toMatch(/^sec:(?:[^:]*:){13}\+:/m);
    expect(secrets).toMatch(/^ssb:(?:[^:]*:){13}#:/m);
  });
});

describe('public keys that are refused', () => {
  test.each([
    ['rsa2048', 'E_KEY_UNUSABLE', /RSA of 2048 bits/],
    ['secp256k1', 'E_KEY_UNUSABLE', /curve secp256k1/],
    ['x25519', 'E_KEY_UNUSABLE', /kind x25519/],
    ['rsa-pss', 'E_KEY_UNUSABLE', /kind rsa-pss/],
  ] as const)('%s', async (kind, code, message) => {
    await using host = await recordingHost();
    const pair = await opensslKeyPair(host, kind);
    await expect(makeCertificate(host, { ...pair, userId, time })).rejects.toThrowWithCode(code, message);
  });

  test('what is no PEM of a public key, times that run backwards, and user ids with control characters', async () => {
    await using host = await recordingHost();
    const pair = await opensslKeyPair(host, 'ed25519');
    const made = (change: object) => makeCertificate(host, { ...pair, userId, time, ...change });
    await expect(made({ publicKey: 'ssh-ed25519 AAAA' })).rejects.toThrowWithCode('E_KEY_FORMAT', /no PEM/);
    await expect(made({ publicKey: '-----BEGIN PRIVATE KEY-----' })).rejects.toThrowWithCode('E_KEY_FORMAT', /private key/);
    await expect(made({ expires: time })).rejects.toThrowWithCode('E_INPUT', /expire before/);
    for (const wrong of ['', 'a\nb', '\u001b[31m']) await expect(made({ userId: wrong })).rejects.toThrowWithCode('E_INPUT', /user id/);
  });
});
