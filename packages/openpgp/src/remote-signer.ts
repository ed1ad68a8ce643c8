import { createHash } from 'node:crypto';
import { type Host, inertLine, UserError } from '@release-kit/action';
import { strictConfig } from './library.ts';
import type { SignatureNumbers } from './secret-part.ts';
import { type DigestSigner, draftSignature, signatureBody } from './signature-packet.ts';
import { readAnswer } from './signer-answer.ts';
import { askSigner, type SignerHook, signerError } from './signer-hook.ts';
import { type PublicPart, type RemoteKey, remoteKey } from './signer-question.ts';

/**
 * A key whose secret half is in a token or a service, where a program signs with it. It is asked once at once, so that a wrong PIN or a missing
 * permission ends the run before anything is made; and every answer is verified in memory before anything uses it.
 * E_SIGNER, E_SIGNATURE, E_KEY_UNUSABLE.
 */
export async function openRemoteSigner(host: Host, hook: SignerHook, part: PublicPart): Promise<DigestSigner> {
  const key = await remoteKey(part);
  const sign = oneAtATime((digest) => answerOf(host, hook, key, part, digest));
  await sign(createHash('sha512').update(probe).digest());
  return { signingFingerprint: key.fingerprint, algorithmNumber: part.algorithm, signDigest: sign };
}

/** No content that is signed by OpenPGP ends like this, so that the answer is no signature of anything. */
const probe = 'release-kit asks whether this signer signs';

type SignDigest = DigestSigner['signDigest'];

/** Tokens serve one caller; and after one refusal nobody is asked again, because three wrong PINs lock a token. */
function oneAtATime(sign: SignDigest): SignDigest {
  let last: Promise<unknown> = Promise.resolve();
  return (digest) => {
    const next = last.then(() => sign(digest));
    last = next;
    return next;
  };
}

async function answerOf(host: Host, hook: SignerHook, key: RemoteKey, part: PublicPart, digest: Uint8Array): Promise<SignatureNumbers> {
  const numbers = readAnswer(await askSigner(host, hook, key, digest), key);
  if (typeof numbers === 'string') throw signerError(hook, `gave no signature: ${numbers}`);
  await verifyNumbers(part, digest, numbers).catch((error: unknown) => {
    throw new UserError('E_SIGNATURE', `the signer ${inertLine(hook.command[0])} gave a signature that does not verify`, {
      cause: error,
      cure: [
        `It signs with another key, or something else than the digest it was given: the key has to be ${key.fingerprint}.`,
        'The input fingerprint names another one of the public key.',
      ].join(' '),
    });
  });
  return numbers;
}

/** Throws unless the numbers are a signature of the digest by this key. Done by the library, which knows every algorithm we sign with. */
async function verifyNumbers(part: PublicPart, digest: Uint8Array, numbers: SignatureNumbers): Promise<void> {
  const { SignaturePacket, enums, config } = await strictConfig();
  class DigestPacket extends SignaturePacket {
    hash(): Uint8Array {
      return digest;
    }
    toHash(): undefined {
      return undefined;
    }
  }
  const signer = {
    signingFingerprint: part.getFingerprint().toUpperCase(),
    algorithmNumber: part.algorithm,
    signDigest: async () => numbers,
  };
  const signature = new DigestPacket();
  signature.read(await signatureBody(draftSignature(signer, 0), digest));
  // The library knows RSA keys by two numbers, of which it writes the general one.
  await signature.verify(part, enums.signature.binary, digest, new Date(), true, config);
}
