import type { Host } from '@release-kit/action';
import { keyFacts } from './key-facts.ts';
import { describeParts } from './key-parts.ts';
import { readCertificates } from './key-text.ts';
import { openRemoteSigner } from './remote-signer.ts';
import { chooseSigner } from './signer-choice.ts';
import type { SignerHook } from './signer-hook.ts';
import type { ReadSigningKey } from './signing-key.ts';

export interface RemoteKeyRequest {
  /** Content of the public key's file, armored or binary. */
  readonly certificate: Uint8Array;
  /** How that file is called in messages. */
  readonly name: string;
  /** Of the key or subkey whose secret half signs elsewhere (see `readFingerprint`); the newest that may sign when there is none. */
  readonly fingerprint: string | undefined;
  readonly signer: SignerHook;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * A key that signs elsewhere, picked from its certificate by the same rules as a secret key (see `chooseSigner`), and asked once.
 * E_KEY_FORMAT, E_KEY_UNUSABLE and the codes of `refusalOf`, E_INPUT, E_SIGNER, E_SIGNATURE.
 */
export async function readRemoteKey(
  host: Host,
  { certificate, name, fingerprint, signer, now }: RemoteKeyRequest,
): Promise<ReadSigningKey> {
  const keys = await readCertificates(certificate, name);
  const descriptions = await Promise.all(keys.map((key) => describeParts(key, now)));
  const { key: index, part, passedOver } = chooseSigner(descriptions, now, fingerprint, name);
  const [key, description] = [keys[index], descriptions[index]];
  const packet = key?.getKeys().find((each) => each.getFingerprint().toUpperCase() === part.fingerprint)?.keyPacket;
  if (key === undefined || description === undefined || packet === undefined)
    throw new Error('the key that was chosen is none of those that were read');
  return { ...keyFacts(description, part, now), ...(await openRemoteSigner(host, signer, packet)), certificate: key, passedOver };
}
