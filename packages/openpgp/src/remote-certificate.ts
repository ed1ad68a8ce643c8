import { type Host, UserError } from '@release-kit/action';
import type { PublicKey } from 'openpgp';
import { addRemoteSubkey, makeCertificate, type RemoteKeyPair } from './certificate-making.ts';
import type { KeyContent } from './key-files.ts';
import { secretArmored } from './key-forms.ts';
import { openPrimary, readOnlyKey } from './key-lock.ts';
import { readCertificates } from './key-text.ts';
import { strictConfig } from './library.ts';
import { type PublishedKey, publishedKey } from './published-key.ts';

export interface RemoteCertificate {
  /** Of the primary key. */
  readonly fingerprint: string;
  /** Of what signs. */
  readonly signingFingerprint: string;
  readonly published: PublishedKey;
}

export interface OwnCertificate extends RemoteCertificate {
  /** Armored; ends the key when it is imported and published. */
  readonly revocation: string;
}

export interface SubkeyCertificate extends RemoteCertificate {
  /** The primary key as it was in the file, locked or not, which now knows the subkey as one whose secret part is elsewhere; armored. */
  readonly offline: string;
}

/**
 * A certificate for a key that never leaves its token, made at `now` (milliseconds). `owner`: the user id of a new one, or an earlier certificate
 * of the same key, which then keeps its fingerprint and user id and gets a later end. Errors of `makeCertificate` and `readCertificates`.
 */
export async function certifyRemoteKey(
  host: Host,
  pair: RemoteKeyPair,
  owner: { readonly userId: string } | { readonly renews: KeyContent },
  now: number,
): Promise<OwnCertificate> {
  const wishes = 'renews' in owner ? await earlier(owner.renews) : owner;
  const { certificate, revocation } = await makeCertificate(host, { ...pair, ...wishes, time: now });
  const fingerprint = certificate.getFingerprint().toUpperCase();
  if ('fingerprint' in wishes && wishes.fingerprint !== fingerprint)
    throw new UserError('E_INPUT', `the public key is not the one of the certificate ${wishes.fingerprint}`, {
      cure: 'Give the public half of the very key that the certificate was made for.',
    });
  return { fingerprint, signingFingerprint: fingerprint, published: await publishedKey([certificate], now), revocation };
}

/**
 * A key that never leaves its token becomes a subkey that signs, of a primary key in a file (`readOnlyKey`, opened by the passphrase).
 * Errors of `addRemoteSubkey`, `readOnlyKey` and `openPrimary`.
 */
export async function certifyRemoteSubkey(
  host: Host,
  pair: RemoteKeyPair,
  primary: KeyContent,
  passphrase: string | undefined,
  now: number,
): Promise<SubkeyCertificate> {
  const { readPrivateKey, config } = await strictConfig();
  const given = await readOnlyKey(primary.content, primary.name);
  const { certificate, stub } = await addRemoteSubkey(host, await openPrimary(given, passphrase), pair, now);
  const offline = await readPrivateKey({ binaryKey: Buffer.concat([given.write(), stub]), config });
  return {
    fingerprint: certificate.getFingerprint().toUpperCase(),
    signingFingerprint: lastSubkey(certificate),
    published: await publishedKey([certificate], now),
    offline: await secretArmored(offline),
  };
}

function lastSubkey(certificate: PublicKey): string {
  return certificate.subkeys.at(-1)?.getFingerprint().toUpperCase() ?? '';
}

interface Earlier {
  readonly fingerprint: string;
  readonly userId: string;
  /** Milliseconds since 1970. */
  readonly created: number;
}

async function earlier({ content, name }: KeyContent): Promise<Earlier> {
  const [key, ...others] = await readCertificates(content, name);
  if (key === undefined || others.length > 0 || key.subkeys.length > 0)
    throw new UserError('E_INPUT', `the ${name} cannot be renewed: it holds more than one key`, {
      cure: 'Renew a certificate that was made for one key of a token; a subkey is certified anew with --primary.',
    });
  return { fingerprint: key.getFingerprint().toUpperCase(), userId: key.getUserIDs()[0] ?? '', created: key.getCreationTime().getTime() };
}
