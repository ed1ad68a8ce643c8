import { UserError } from '@release-kit/action';
import type { PrivateKey, PublicKey } from 'openpgp';
import { unixLines } from './key-forms.ts';
import { strictConfig } from './library.ts';

/**
 * A certificate that ends an open key, made before it is needed: when the key is lost, nothing else can. It gives no reason, so that
 * everything the key ever signed is refused from then on, as after a theft (RFC 9580, section 5.2.3.31). Armored, as gpg imports it.
 */
export async function revocationCertificate(key: PrivateKey, now: number): Promise<string> {
  const { config } = await strictConfig();
  const date = new Date(now);
  const revoked = await key.revoke(undefined, date, config);
  return unixLines(await revoked.getRevocationCertificate(date, config));
}

/** The public key with a revocation certificate in it: what users must get. E_KEY_FORMAT when the certificate is none, or of another key. */
export async function revokePublicKey(key: PublicKey, certificate: string, now: number): Promise<PublicKey> {
  const { revokeKey, config } = await strictConfig();
  try {
    const { publicKey } = await revokeKey({
      key: key.toPublic(),
      revocationCertificate: certificate,
      date: new Date(now),
      format: 'object',
      config,
    });
    return publicKey;
  } catch (error) {
    throw new UserError('E_KEY_FORMAT', `the file holds no revocation certificate of the key ${key.getFingerprint().toUpperCase()}`, {
      cause: error,
      cure: 'Use the certificate that was made together with this very key.',
    });
  }
}

/** `compromised`: nothing it ever signed counts. `retired`: it signs no more; what it signed stays good for programs that can tell. */
export type SubkeyEnd = 'compromised' | 'retired';

/** An open key with one of its subkeys revoked. RFC 9580, section 5.2.3.31. E_INPUT. */
export async function revokeSubkey(key: PrivateKey, fingerprint: string, end: SubkeyEnd, now: number): Promise<PrivateKey> {
  const { readPrivateKey, config, enums } = await strictConfig();
  const copy = await readPrivateKey({ binaryKey: key.write(), config });
  const index = copy.subkeys.findIndex((subkey) => subkey.getFingerprint().toUpperCase() === fingerprint);
  const found = copy.subkeys[index];
  if (found === undefined || !('privateParams' in copy.keyPacket)) {
    throw new UserError('E_INPUT', `the key ${key.getFingerprint().toUpperCase()} has no subkey ${fingerprint}`, {
      cure: 'release-kit key check lists the subkeys of a key.',
    });
  }
  const { keyCompromised, keyRetired } = enums.reasonForRevocation;
  const reason = { flag: end === 'compromised' ? keyCompromised : keyRetired, string: '' };
  copy.subkeys[index] = await found.revoke(copy.keyPacket, reason, new Date(now), config);
  return copy;
}
