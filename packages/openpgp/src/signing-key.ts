import { inertLine, UserError } from '@release-kit/action';
import type { PrivateKey, PublicKey, Subkey } from 'openpgp';
import { readKeyText } from './key-text.ts';
import { loadOpenpgp, refusedCurves, strictConfig } from './library.ts';
import { digestSigner, type SignatureNumbers } from './secret-part.ts';

/** What is known of a key that signs; nothing in it is secret. */
export interface KeyFacts {
  /** Of the primary key: 40 upper-case hexadecimal digits. This is what people compare. */
  readonly fingerprint: string;
  /** Of the key or subkey that signs. */
  readonly signingFingerprint: string;
  readonly userId: string;
  /** `Ed25519`, `RSA 4096` */
  readonly algorithm: string;
  /** Milliseconds since 1970; undefined when neither the key nor the subkey expires. */
  readonly expires: number | undefined;
  /** Sentences a person must see: near expiry, unused passphrase. */
  readonly warnings: readonly string[];
}

/** A key that can sign now: in memory, or far away. Its secret part cannot be read from it. */
export interface SigningKey extends KeyFacts {
  /** What users get. */
  readonly certificate: PublicKey;
  /** Of the part that signs; RFC 9580, section 9.1. */
  readonly algorithmNumber: number;
  /** Signs a digest of SHA-512. */
  signDigest(digest: Uint8Array): Promise<SignatureNumbers>;
}

interface Candidate {
  readonly key: PrivateKey;
  readonly signer: PrivateKey | Subkey;
}

const day = 24 * 60 * 60 * 1000;
/** Long enough to roll a key over before a release fails. */
const warnBefore = 30 * day;

/**
 * Reads a secret key as people paste it (see `readKeyText`) and picks the newest key or subkey that may sign at `now`
 * (milliseconds). The primary's secret part may be missing: an export of the subkeys only is the preferred form.
 * E_KEY_FORMAT, E_KEY_PUBLIC_ONLY, E_KEY_UNUSABLE, E_PASSPHRASE.
 */
export async function readSigningKey(text: string, passphrase: string | undefined, now: number): Promise<SigningKey> {
  const keys = await readKeyText(text);
  const { key, signer } = await newestSigner(keys, new Date(now));
  const locked = !signer.keyPacket.isDecrypted();
  const secret = locked ? await unlock(key, passphrase) : key;
  const warnings = locked || passphrase === undefined ? [] : ['A passphrase is given, but the signing key is not protected by one.'];
  return { ...(await describeKey(secret, signer, now, warnings)), ...(await signingPart(secret, signer)) };
}

/** `secret`: decrypted; only the part that signs is kept. */
export async function signingPart(
  secret: PrivateKey,
  { keyPacket }: PrivateKey | Subkey,
): Promise<Pick<SigningKey, 'certificate' | 'algorithmNumber' | 'signDigest'>> {
  const part = secret.getKeys().find((each) => each.keyPacket.hasSameFingerprintAs(keyPacket))?.keyPacket;
  if (part === undefined || !('privateParams' in part)) throw new Error('the secret key lost the part that signs');
  return { certificate: secret.toPublic(), algorithmNumber: part.algorithm, signDigest: await digestSigner(part) };
}

/** What is said of a key that is known to sign. */
export async function describeKey(
  key: PrivateKey,
  signer: PrivateKey | Subkey,
  now: number,
  warnings: readonly string[],
): Promise<KeyFacts> {
  const fingerprint = key.getFingerprint().toUpperCase();
  const expires = await firstExpiry(key, signer);
  const soon = expires !== undefined && expires - now < warnBefore;
  const warning = soon ? [`The signing key ${fingerprint} expires on ${new Date(expires).toISOString().slice(0, 10)}.`] : [];
  return {
    fingerprint,
    signingFingerprint: signer.getFingerprint().toUpperCase(),
    userId: key.getUserIDs()[0] ?? '',
    algorithm: algorithmOf(signer),
    expires,
    warnings: [...warnings, ...warning],
  };
}

async function newestSigner(keys: readonly PrivateKey[], now: Date): Promise<Candidate> {
  const { config } = await strictConfig();
  const usable: Candidate[] = [];
  const reasons: string[] = [];
  for (const key of keys) {
    for (const part of key.getKeys()) {
      const reason = await whyNot(key, part, now, config);
      if (reason === undefined) usable.push({ key, signer: part });
      else reasons.push(reason);
    }
  }
  usable.sort((a, b) => b.signer.getCreationTime().getTime() - a.signer.getCreationTime().getTime());
  const [newest] = usable;
  if (newest !== undefined) return newest;
  const names = keys.map((key) => key.getFingerprint().toUpperCase()).join(', ');
  throw new UserError('E_KEY_UNUSABLE', `the signing key ${names} cannot sign: ${[...new Set(reasons)].join('; ')}`);
}

type StrictConfig = Awaited<ReturnType<typeof strictConfig>>['config'];

/** undefined when this part of the key may sign, else the reason in words. */
async function whyNot(key: PrivateKey, part: PrivateKey | Subkey, now: Date, config: StrictConfig): Promise<string | undefined> {
  const packet = part.keyPacket;
  if (packet.version !== 4) return `it is a version ${packet.version} key, which gpg 2.2 and 2.4 do not know`;
  const { algorithm, curve } = part.getAlgorithmInfo();
  // Asked first: the library needs more than itself to verify self-signatures on these curves.
  if (curve !== undefined && refusedCurves.has(curve)) return `apt 3 (Debian 13) refuses keys on the curve ${curve}`;
  // Algorithm numbers 27 and 28 of RFC 9580; what gpg makes and knows as Ed25519 is number 22.
  if (algorithm === 'ed25519' || algorithm === 'ed448') return `it uses the ${algorithm} of RFC 9580, which gpg 2.2 and 2.4 do not know`;
  try {
    await key.getSigningKey(part.getKeyID(), now, undefined, config);
  } catch (error) {
    return reasonOf(error);
  }
  if (!('isDummy' in packet) || packet.isDummy()) return 'the secret part of the key that may sign was left out of the export';
  return undefined;
}

/** The library nests reasons in one message: "Could not find valid signing key packet in key 1a2b: Subkey is expired". */
function reasonOf(error: unknown): string {
  const message = inertLine(error instanceof Error ? error.message : String(error));
  const last = message.slice(message.lastIndexOf(': ') + 1).trim();
  if (/^Could not find valid signing key packet/.test(last)) return 'it holds no key that may sign';
  return last.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}

async function unlock(key: PrivateKey, passphrase: string | undefined): Promise<PrivateKey> {
  if (passphrase === undefined || passphrase === '') {
    throw new UserError('E_PASSPHRASE', 'the signing key is protected by a passphrase, but none is given', {
      cure: 'Give the passphrase; on GitHub a secret that is not set, or not passed on to a called workflow, arrives empty.',
    });
  }
  const { decryptKey } = await loadOpenpgp();
  try {
    return await decryptKey({ privateKey: key, passphrase });
  } catch (error) {
    // The library's message may hold nothing secret, but nothing useful either.
    throw new UserError('E_PASSPHRASE', 'the passphrase does not open the signing key', { cause: error });
  }
}

async function firstExpiry(key: PrivateKey, signer: PrivateKey | Subkey): Promise<number | undefined> {
  const times = [await key.getExpirationTime(), await signer.getExpirationTime()].flatMap((time) =>
    time instanceof Date ? [time.getTime()] : [],
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

function algorithmOf(signer: PrivateKey | Subkey): string {
  const { algorithm, bits, curve } = signer.getAlgorithmInfo();
  if (algorithm === 'eddsaLegacy') return 'Ed25519';
  if (algorithm.startsWith('rsa')) return `RSA ${bits}`;
  return curve ?? algorithm;
}
