import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, jest, test } from '@jest/globals';
import type { PublicKey } from 'openpgp';
import { gpgForAll, place } from './gpg-home.test-support.ts';
import { verifyWithGpgv } from './gpgv.ts';
import { loadOpenpgp } from './library.ts';
import { holdsOnlyPublicKeys, packetTypes } from './packet-types.ts';
import { publishedKey } from './published-key.ts';
import { signContent } from './signature.ts';
import { readSigningKey } from './signing-key.ts';

// gpg makes keys slowly on a busy machine.
jest.setTimeout(60_000);

const day = 24 * 60 * 60 * 1000;
/** Later than all signatures that gpg makes here. */
const now = Date.now() + 60_000;
const given = gpgForAll();
/** With two subkeys, a second user id, an older self-signature of each part, and a signature of somebody else. */
let grown = '';
let other = '';

beforeAll(async () => {
  other = await given.home.generate('Other <other@example.org>', 'rsa3072', 'sign', '0');
  grown = await given.home.generate('Ed <ed@example.org>', 'ed25519', 'cert', '0', { at: now - 90 * day });
  await given.home.addSubkey(grown, 'ed25519', 'sign', '1y', { at: now - 80 * day });
  await given.home.addSubkey(grown, 'cv25519', 'encr', '1y', { at: now - 80 * day });
  const without = ['--passphrase', ''];
  await given.home.gpg([...without, '--quick-add-uid', grown, 'Edward <edward@example.org>']);
  const before = await given.home.gpg(['--armor', '--export', grown]);
  await given.home.gpg([...without, '--quick-set-expire', grown, '2y']);
  await given.home.gpg([...without, '--quick-set-expire', grown, '2y', '*']);
  await given.home.gpg([...without, '--default-key', other, '--quick-sign-key', grown]);
  // gpg replaces signatures of its own; where an older copy comes back, as from a key server, both are kept.
  await given.home.gpg(['--import'], before);
});

async function certificateOf(fingerprint: string): Promise<PublicKey> {
  const { readKey } = await loadOpenpgp();
  return readKey({ armoredKey: await given.home.gpg(['--armor', '--export', fingerprint]) });
}

async function binaryOf(name: string, armored: string): Promise<Buffer> {
  const file = await place(given.host, `${name}.asc`, armored);
  const { stdout } = await given.host.exec([
    'sh',
    '-c',
    'gpg --homedir "$0" --batch --dearmor < "$1" | base64',
    given.host.files.workspace,
    file,
  ]);
  return Buffer.from(stdout, 'base64');
}

test('what is published is what the minimal export of gpg holds: no older signatures, none of others', async () => {
  const whole = await certificateOf(grown);
  const { binary } = await publishedKey([whole], now);
  const options = ['--export-options', 'export-minimal'];
  const byGpg = await binaryOf('minimal', await given.home.gpg([...options, '--armor', '--export', grown]));
  expect(packetTypes(binary)).toEqual(packetTypes(byGpg));
  expect(packetTypes(binary)).toEqual([6, 13, 2, 13, 2, 14, 2, 14, 2]);
  // Each packet has the same content; only the form of their lengths differs from program to program.
  const listed = async (name: string, bytes: Uint8Array): Promise<string> => {
    const file = await place(given.host, name, bytes);
    const { stdout } = await given.host.exec(['gpg', '--homedir', given.host.files.workspace, '--batch', '--list-packets', file]);
    return stdout.replace(/^# off=.*\n/gm, '');
  };
  expect(await listed('ours', binary)).toBe(await listed('theirs', byGpg));
  expect(packetTypes(whole.write()).length).toBeGreaterThan(packetTypes(binary).length + 3);
});

test('both forms hold the same, armored with LF and in ASCII', async () => {
  const { armored, binary } = await publishedKey([await certificateOf(grown)], now);
  expect(armored).toMatch(/^-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n(?:[A-Za-z0-9+/=]+\n)+-----END PGP PUBLIC KEY BLOCK-----\n$/);
  expect(await binaryOf('both', armored)).toEqual(binary);
});

test('the same keys give the same bytes', async () => {
  const certificates = [await certificateOf(grown), await certificateOf(other)];
  expect(await publishedKey(certificates, now)).toEqual(await publishedKey(certificates, now));
});

test('two keys of a rotation stand in one block, and each verifies with it', async () => {
  const { armored, binary } = await publishedKey([await certificateOf(grown), await certificateOf(other)], now);
  expect(armored.match(/BEGIN/g)).toHaveLength(1);
  const listing = await given.home.gpg(['--with-colons', '--show-keys', await place(given.host, 'two.gpg', binary)]);
  expect(listing.match(/^pub:.*\nfpr:+([0-9A-F]{40}):/gm)?.map((found) => found.slice(-41, -1))).toEqual([grown, other]);
  const keyring = await place(given.host, 'two.keyring', binary);
  for (const fingerprint of [grown, other]) {
    const key = await readSigningKey(await given.home.exportSecret(fingerprint), undefined, now);
    const { binary: signature } = await signContent([key], Buffer.from('content'), Date.now());
    const signed = await place(given.host, 'signed', 'content');
    const { stdout } = await given.host.exec([
      'gpgv',
      '--status-fd',
      '1',
      '--keyring',
      keyring,
      await place(given.host, 'signed.sig', signature),
      signed,
    ]);
    expect(stdout).toContain(`VALIDSIG ${key.signingFingerprint}`);
  }
});

test('what is given of one key in parts is published as one key', async () => {
  const { readKey } = await loadOpenpgp();
  const whole = await readKey({ armoredKey: await given.home.gpg(['--armor', '--export', grown]) });
  const parts = await Promise.all(
    [0, 1].map(async (kept) => {
      const part = await readKey({ binaryKey: whole.write() });
      part.subkeys = part.subkeys.filter((_, index) => index === kept);
      return part;
    }),
  );
  expect((await publishedKey(parts, now)).armored).toBe((await publishedKey([whole], now)).armored);
});

test('a subkey that was replaced stays, so that older releases still verify', async () => {
  await given.home.addSubkey(grown, 'ed25519', 'sign', '2y', { at: now - 2 * day });
  const key = await certificateOf(grown);
  const { armored } = await publishedKey([key], now);
  const { readKey } = await loadOpenpgp();
  expect((await readKey({ armoredKey: armored })).subkeys.map((subkey) => subkey.getFingerprint())).toEqual(
    key.subkeys.map((subkey) => subkey.getFingerprint()),
  );
});

test('the newest self-signature counts only if it holds: a damaged one does not hide the older one', async () => {
  const key = await certificateOf(grown);
  const { readKey } = await loadOpenpgp();
  const [user] = key.users;
  const newest = user?.selfCertifications.toSorted((a, b) => Number(b.created) - Number(a.created))[0];
  newest?.signedHashValue?.fill(0);
  newest?.signatureData?.fill(7, -4);
  const { armored } = await publishedKey([key], now);
  const read = await readKey({ armoredKey: armored });
  expect(read.users).toHaveLength(2);
  await expect(read.users[0]?.verify(new Date(now))).resolves.toBe(true);
});

test('a key none of whose user ids holds is E_KEY_UNUSABLE', async () => {
  const key = await certificateOf(other);
  for (const user of key.users) user.selfCertifications = [];
  await expect(publishedKey([key], now)).rejects.toThrowWithCode('E_KEY_UNUSABLE', /no user id/);
});

test('what is published verifies what the key signs', async () => {
  const key = await readSigningKey(await given.home.exportSecret(grown), undefined, now);
  const { armored } = await publishedKey([key.certificate], now);
  const file = await place(given.host, 'file', 'content');
  const { armored: signature } = await signContent([key], { file }, Date.now());
  await verifyWithGpgv(given.host, { publicKey: armored, signature: await place(given.host, 'file.asc', signature), file });
});

test('a secret key is known as one in every form of packet heads', async () => {
  const secret = await binaryOf('secret', await given.home.exportSecret(grown));
  expect(holdsOnlyPublicKeys(secret)).toBe(false);
  expect(packetTypes(secret)[0]).toBe(5);
  const open = await binaryOf('public', await given.home.gpg(['--armor', '--export', grown]));
  expect(holdsOnlyPublicKeys(open)).toBe(true);
  for (const head of [0xc5, 0xc7]) expect(holdsOnlyPublicKeys(Buffer.concat([open, Buffer.of(head, 1, 0)]))).toBe(false);
  expect(
    packetTypes(
      Buffer.concat([Buffer.from([0xc6, 1, 0]), Buffer.from([0xcd, 193, 0]), Buffer.alloc(448), Buffer.from([0xc5, 255, 0, 0, 0, 1, 9])]),
    ),
  ).toEqual([6, 13, 5]);
});

test.each([
  ['text', Buffer.from('-----BEGIN')],
  ['a packet that is cut off', Buffer.from([0xc6, 5, 0])],
  ['a packet in parts', Buffer.from([0xc6, 0xe1, 0, 0])],
  ['a packet without a length', Buffer.from([0x9b, 0])],
])('%s is no list of packets of a key', async (_, bytes) => {
  await writeFile(join(given.host.files.workspace, 'bytes'), bytes);
  expect(() => packetTypes(bytes)).toThrow(/packet/);
});
