import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import { ed25519ForAll, gpgForAll, place, soon } from './gpg-home.test-support.ts';
import { verifyWithGpgv } from './gpgv.ts';
import { detachedSignature, publicKeyArmored } from './signature.ts';
import { readSigningKey } from './signing-key.ts';

// gpg makes keys slowly on a busy machine.
jest.setTimeout(60_000);

const day = 24 * 60 * 60 * 1000;
const given = gpgForAll();
const ed25519 = ed25519ForAll(given);

async function signsForReal(text: string, passphrase?: string): Promise<void> {
  const key = await readSigningKey(text, passphrase, soon());
  const file = await place(given.host, 'file', 'content');
  const signature = await place(given.host, 'file.asc', await detachedSignature(key, { file }, Date.now()));
  await verifyWithGpgv(given.host, { publicKey: await publicKeyArmored(key), signature, file });
}

describe('choice of the key that signs', () => {
  test('K11 a subkeys-only export signs with the newest valid signing subkey, and gpgv accepts it', async () => {
    const primary = await given.home.generate('Sub <sub@example.org>', 'rsa3072', 'cert', '0');
    await given.home.addSubkey(primary, 'ed25519', 'sign', '0');
    await given.home.addSubkey(primary, 'cv25519', 'encr', '0');
    const text = await given.home.gpg(['--passphrase', '', '--armor', '--export-secret-subkeys', primary]);
    const key = await readSigningKey(text, undefined, soon());
    expect(key.fingerprint).toBe(primary);
    expect(key.signingFingerprint).not.toBe(primary);
    await signsForReal(text);
  });

  test('a key on NIST P-256 signs', async () => {
    await signsForReal(await given.home.exportSecret(await given.home.generate('Nist <nist@example.org>', 'nistp256', 'sign', '0')));
  });

  test('K12 of two keys in one text the newest that can sign is taken', async () => {
    const older = await given.home.generate('Older <older@example.org>', 'ed25519', 'sign', '0', { at: Date.now() - 400 * day });
    const text = `${await given.home.exportSecret(older)}\n${ed25519.armored}`;
    expect((await readSigningKey(text, undefined, soon())).fingerprint).toBe(ed25519.fingerprint);
    expect((await readSigningKey(`${ed25519.armored}${await given.home.exportSecret(older)}`, undefined, soon())).fingerprint).toBe(
      ed25519.fingerprint,
    );
  });

  test('K2 an expired subkey is passed over for a valid primary', async () => {
    const primary = await given.home.generate('Old subkey <oldsub@example.org>', 'ed25519', 'sign', '0', { at: Date.now() - 100 * day });
    await given.home.addSubkey(primary, 'ed25519', 'sign', '10d', { at: Date.now() - 90 * day });
    const key = await readSigningKey(await given.home.exportSecret(primary), undefined, soon());
    expect(key.signingFingerprint).toBe(primary);
    expect(key.passedOver).toEqual([expect.stringMatching(/^the subkey [0-9A-F]{40} is passed over: it expired on 20/)]);
  });

  test('K12 a subkey signs before a primary key that may sign too, the newest of several; a fingerprint picks another', async () => {
    const primary = await given.home.generate('Several <several@example.org>', 'ed25519', 'sign', '0', { at: Date.now() - 100 * day });
    for (const age of [80, 90]) await given.home.addSubkey(primary, 'ed25519', 'sign', '0', { at: Date.now() - age * day });
    const text = await given.home.exportSecret(primary);
    const newest = await readSigningKey(text, undefined, soon());
    expect(newest.passedOver).toEqual([
      `the primary key ${primary} is passed over: a subkey signs in its place`,
      expect.stringMatching(/^the subkey [0-9A-F]{40} is passed over: it is older$/),
    ]);
    const older = newest.passedOver[1]?.split(' ')[2] ?? '';
    expect((await readSigningKey(text, undefined, soon(), { fingerprint: older })).signingFingerprint).toBe(older);
    expect((await readSigningKey(text, undefined, soon(), { fingerprint: primary })).signingFingerprint).toBe(newest.signingFingerprint);
    await expect(readSigningKey(text, undefined, soon(), { fingerprint: 'A'.repeat(40) })).rejects.toThrowWithCode(
      'E_INPUT',
      new RegExp(older),
    );
  });

  test('K1 a key whose end was set later in time is no more expired: the newest self-signature counts', async () => {
    const primary = await given.home.generate('Extended <extended@example.org>', 'ed25519', 'sign', '10d', { at: Date.now() - 20 * day });
    await given.home.gpg(['--passphrase', '', '--quick-set-expire', primary, '100d']);
    const key = await readSigningKey(await given.home.exportSecret(primary), undefined, soon());
    expect(key.expires).toBeGreaterThan(Date.now() + 70 * day);
    await signsForReal(await given.home.exportSecret(primary));
  });

  test('of several user ids the primary one is named, and none that is revoked', async () => {
    const primary = await given.home.generate('First <first@example.org>', 'ed25519', 'sign', '0', { at: Date.now() - 20 * day });
    await given.home.gpg(['--passphrase', '', '--quick-add-uid', primary, 'Second <second@example.org>']);
    await given.home.gpg(['--passphrase', '', '--quick-set-primary-uid', primary, 'First <first@example.org>']);
    expect((await readSigningKey(await given.home.exportSecret(primary), undefined, soon())).userId).toBe('First <first@example.org>');
    await given.home.gpg(['--passphrase', '', '--quick-revoke-uid', primary, 'First <first@example.org>']);
    expect((await readSigningKey(await given.home.exportSecret(primary), undefined, soon())).userId).toBe('Second <second@example.org>');
  });

  test('K3 names the subkey when it is what expires', async () => {
    const primary = await given.home.generate('Near subkey <nearsub@example.org>', 'ed25519', 'cert', '0');
    await given.home.addSubkey(primary, 'ed25519', 'sign', '20d');
    const key = await readSigningKey(await given.home.exportSecret(primary), undefined, soon());
    expect(key.warnings).toEqual([
      expect.stringMatching(`^The signing subkey ${key.signingFingerprint} of the key ${primary} expires on 20`),
    ]);
  });

  test('K11 a primary key on a smartcard is as good as one left out; a subkey there is not', async () => {
    const primary = await given.home.generate('Card <card@example.org>', 'ed25519', 'sign', '0');
    await given.home.addSubkey(primary, 'ed25519', 'sign', '0');
    await given.home.toCard(primary, 'primary');
    const text = await given.home.exportSecret(primary);
    await signsForReal(text);
    expect((await readSigningKey(text, undefined, soon())).passedOver).toEqual([
      `the primary key ${primary} is passed over: it has its secret part on a smartcard`,
    ]);
    await given.home.toCard(primary, 'subkey');
    await expect(readSigningKey(await given.home.exportSecret(primary), undefined, soon())).rejects.toThrowWithCode(
      'E_KEY_UNUSABLE',
      /the subkey \w+ has its secret part on a smartcard/,
    );
  });

  test('K3 expiry within 30 days is a warning with the date and fingerprint, later is none', async () => {
    const near = await given.home.generate('Near <near@example.org>', 'ed25519', 'sign', '29d');
    const key = await readSigningKey(await given.home.exportSecret(near), undefined, soon());
    expect(key.warnings).toEqual([`The signing key ${near} expires on ${new Date(key.expires ?? 0).toISOString().slice(0, 10)}.`]);
    expect(key.expires).toBeGreaterThan(Date.now() + 28 * day);
    const far = await given.home.generate('Far <far@example.org>', 'ed25519', 'sign', '32d');
    expect((await readSigningKey(await given.home.exportSecret(far), undefined, soon())).warnings).toEqual([]);
  });
});

describe('passphrases', () => {
  const passphrase = ' $HOME "ä" \'x\' \\n';
  let text = '';
  beforeAll(async () => {
    text = await given.home.exportSecret(
      await given.home.generate('Pass <pass@example.org>', 'ed25519', 'sign', '0', { passphrase }),
      passphrase,
    );
  });

  test('K9 blanks, quotes, dollar signs and UTF-8 are used byte for byte', async () => {
    await signsForReal(text, passphrase);
  });

  test('K9 a line end at the end belongs to it', async () => {
    await expect(readSigningKey(text, `${passphrase}\n`, soon())).rejects.toThrowWithCode('E_PASSPHRASE', /does not open/);
  });

  test('K7 a missing one is named as such, an empty one too', async () => {
    await expect(readSigningKey(text, undefined, soon())).rejects.toThrowWithCode('E_PASSPHRASE', /none is given/);
    await expect(readSigningKey(text, '', soon())).rejects.toThrowWithCode('E_PASSPHRASE', /none is given/);
  });

  test('K8 one that is not needed is a warning', async () => {
    expect((await readSigningKey(ed25519.armored, 'unused passphrase', soon())).warnings).toEqual([
      'A passphrase is given, but the signing key is not protected by one.',
    ]);
  });
});
