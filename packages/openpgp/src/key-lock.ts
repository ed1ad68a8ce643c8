import { UserError } from '@release-kit/action';
import type { PrivateKey } from 'openpgp';
import { readSecretKeys } from './key-text.ts';
import { strictConfig } from './library.ts';

/** Protects every secret part by the passphrase, as gpg does; without one the key stays as it is. */
export async function lockKey(key: PrivateKey, passphrase: string | undefined): Promise<PrivateKey> {
  if (passphrase === undefined) return key;
  const { encryptKey, config } = await strictConfig();
  return encryptKey({ privateKey: key, passphrase, config });
}

/** The only key in a file (see `readSecretKeys`), locked or not; `name` is how it is called in messages. E_KEY_FORMAT, E_KEY_PUBLIC_ONLY, E_INPUT when there are several. */
export async function readOnlyKey(content: string | Uint8Array, name: string): Promise<PrivateKey> {
  const { keys } = await readSecretKeys(content, name);
  const [key, ...others] = keys;
  if (key !== undefined && others.length === 0) return key;
  throw new UserError('E_INPUT', `there are ${keys.length} secret keys in the ${name}`, {
    cure: 'Keep each primary key in a file of its own: gpg --export-secret-keys FINGERPRINT writes one.',
  });
}

/** Whether a passphrase is needed to use the key's primary part. */
export function isLocked(key: PrivateKey): boolean {
  return !key.isDecrypted();
}

/**
 * Opens a key whose primary part shall certify: a new subkey, a revocation. E_KEY_UNUSABLE when that part was left out (an export of the
 * subkeys only), E_PASSPHRASE.
 */
export async function openPrimary(key: PrivateKey, passphrase: string | undefined): Promise<PrivateKey> {
  const { keyPacket } = key;
  const name = key.getFingerprint().toUpperCase();
  if (!('isDummy' in keyPacket) || keyPacket.isDummy()) {
    throw new UserError('E_KEY_UNUSABLE', `the secret part of the primary key ${name} is not in the file, so it cannot certify`, {
      cure: 'Use the offline copy of the key, which release-kit key new (or gpg --export-secret-keys) wrote, not an export of its subkeys.',
    });
  }
  if (key.isDecrypted()) return key;
  if (passphrase === undefined || passphrase === '') {
    throw new UserError('E_PASSPHRASE', `the key ${name} is protected by a passphrase, but none is given`);
  }
  const { decryptKey, config } = await strictConfig();
  try {
    return await decryptKey({ privateKey: key, passphrase, config });
  } catch (error) {
    // The library's message may hold nothing secret, but nothing useful either.
    throw new UserError('E_PASSPHRASE', `the passphrase does not open the key ${name}`, { cause: error });
  }
}
