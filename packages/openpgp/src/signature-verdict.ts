import type { GpgvStatus, SignatureStatus } from './gpgv-status.ts';

/** Whose signatures count. */
export interface SignatureRule {
  /** Fingerprints of primary keys. */
  readonly trusted: readonly string[];
  /**
   * `all`: each of these keys signed, and nobody else: what we have just made. `any`: one of them did; signatures of keys that are not known or not good any
   * more do no harm then, as with apt, because a rotation needs that.
   */
  readonly need: 'all' | 'any';
  /** Of what is verified: `bytes`, or a text inside a clear signature, which covers no line ends. */
  readonly content: 'bytes' | 'text';
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface SignatureVerdict {
  /** Primary keys whose signature counts. */
  readonly signedBy: readonly string[];
  /** Signatures that count: more than keys where several subkeys of one key signed. */
  readonly count: number;
  /** Why the file must not be trusted; undefined: it may. In words, and nothing of strangers in it. */
  readonly problem: string | undefined;
  /** The only problem is that none of the keys is known here. */
  readonly byStrangers: boolean;
  /** What a person should know although it is no problem. */
  readonly remarks: readonly string[];
}

/** Clocks differ; Sequoia lets pass as much. apt 3 refuses an hour. gpgv itself says nothing of a signature from the future. */
const clockSkew = 30 * 60_000;

/** gpgv ends well for keys that are expired or revoked and for signatures of the future, so that all of that is judged here. */
export function judgeSignatures({ signatures, ownContent }: GpgvStatus, rule: SignatureRule): SignatureVerdict {
  const fails = (problem: string): SignatureVerdict =>
    refusal(
      problem,
      signatures.every(({ state }) => state === 'unknown-key'),
    );
  if (ownContent) return refusal('it is a signed message of its own, not a signature of this file');
  if (signatures.length === 0) return refusal('it holds no signature');
  const signedBy: string[] = [];
  const refused: string[] = [];
  const remarks: string[] = [];
  for (const signature of signatures) {
    const reason = reasonAgainst(signature, rule);
    if (signature.state === 'changed') return refusal(words.changed);
    if (reason !== undefined) refused.push(reason);
    else if (signature.primary !== undefined) signedBy.push(signature.primary);
    if (reason === undefined && signature.ofText && rule.content === 'bytes') remarks.push(textOnly);
    if (reason === undefined && signature.state === 'key-expired')
      remarks.push(`the key ${signature.primary} has expired since; the signature says that it was made before`);
  }
  const [missing] = rule.need === 'all' ? rule.trusted.filter((fingerprint) => !signedBy.includes(fingerprint)) : [];
  const others = [...new Set(refused)];
  if (signedBy.length === 0 || (rule.need === 'all' && others.length > 0)) return fails(others.join('; '));
  if (missing !== undefined) return fails(`the key ${missing} did not sign`);
  return {
    signedBy: [...new Set(signedBy)].sort(),
    count: signedBy.length,
    problem: undefined,
    byStrangers: false,
    remarks: [...remarks, ...others.map((reason) => `another signature: ${reason}`)],
  };
}

/** What must not be trusted, for a reason in our words. */
export function refusal(problem: string, byStrangers = false): SignatureVerdict {
  return { signedBy: [], count: 0, problem, byStrangers, remarks: [] };
}

const words = {
  changed: 'the content or the signature was changed',
  'unknown-key': 'it was made by another key',
  unreadable: 'it was made in a way gpgv does not know',
  expired: 'the signature has expired',
  'key-expired': 'the key has expired',
  'key-revoked': 'the key is revoked',
} as const;

const textOnly = 'it is a signature of a text: line ends may have been changed';

/** undefined: it counts. */
function reasonAgainst(
  { state, primary, made, keyExpired, ofText, weakDigest }: SignatureStatus,
  { trusted, need, now, content }: SignatureRule,
): string | undefined {
  if (state !== 'good' && state !== 'key-expired') return words[state];
  if (primary === undefined || made === undefined) return words.unreadable;
  if (!trusted.includes(primary)) return words['unknown-key'];
  if (weakDigest) return 'its digest is MD5, SHA-1 or RIPEMD-160, for which other contents can be made';
  if (made > now + clockSkew)
    return `it says that it was made in the future, at ${new Date(made).toISOString()}: one of the clocks is wrong`;
  // We sign bytes; the signature out of a clear-signed text would do for the same lines with other ends.
  if (ofText && content === 'bytes' && need === 'all') return textOnly;
  // What is signed now must not be signed by an expired key; what was signed then stays good.
  if (state === 'key-expired' && (need === 'all' || keyExpired === undefined || made > keyExpired)) return words['key-expired'];
  return undefined;
}
