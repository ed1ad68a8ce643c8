import { expect, test } from '@jest/globals';
import { loadOpenpgp } from './library.ts';
import { readSigningKey } from './signing-key.ts';

const now = Date.UTC(2026, 0, 2);

async function made(v6Keys: boolean): Promise<string> {
  const { generateKey, config } = await loadOpenpgp();
  const { privateKey } = await generateKey({
    ...(v6Keys ? { type: 'curve25519' } : { type: 'ecc', curve: 'ed25519Legacy' }),
    userIDs: [{ name: 'A Person' }],
    date: new Date(now - 1000),
    format: 'armored',
    config: { ...config, v6Keys },
  });
  return privateKey;
}

test('K20 a key of version 6 (RFC 9580) is refused as one that gpg of users does not know', async () => {
  await expect(readSigningKey(await made(true), undefined, now)).rejects.toThrowWithCode('E_KEY_UNUSABLE', /version 6.*gpg 2\.2/);
});

test('K20 a key of version 5 (LibrePGP) is refused by its version, not as a damaged one', async () => {
  const { unarmor } = await loadOpenpgp();
  const bytes = Buffer.from(await new Response((await unarmor(await made(false))).data).arrayBuffer());
  // The version stands right behind the head of the first packet, which is of the new form with a length of one byte.
  bytes[2] = 5;
  await expect(readSigningKey(bytes.toString('base64'), undefined, now)).rejects.toThrowWithCode('E_KEY_UNUSABLE', /version 5/);
});
