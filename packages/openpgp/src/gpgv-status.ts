/** What gpgv says of one signature; doc/DETAILS of GnuPG. */
export type SignatureState =
  | 'good'
  /** The content or the signature was changed. */
  | 'changed'
  /** By a key that is not in the keyring. */
  | 'unknown-key'
  /** The signature itself has an end, and it is past. */
  | 'expired'
  | 'key-expired'
  | 'key-revoked'
  /** Of an algorithm or in a form that gpgv does not know, or reported in a way we do not. */
  | 'unreadable';

export interface SignatureStatus {
  readonly state: SignatureState;
  /** Fingerprint of the primary key, 40 upper-case hexadecimal digits; undefined unless the signature fits the content. */
  readonly primary: string | undefined;
  /** When it was made, milliseconds since 1970, as the signer says. */
  readonly made: number | undefined;
  /** When the key expired, if it did. */
  readonly keyExpired: number | undefined;
  /** Of a text (class 01): line ends are not covered. */
  readonly ofText: boolean;
  /** Over MD5, SHA-1 or RIPEMD-160, for which other contents can be made. */
  readonly weakDigest: boolean;
}

export interface GpgvStatus {
  /** In the order of the file. */
  readonly signatures: readonly SignatureStatus[];
  /** The signature file brought a content of its own, which then was verified instead of the file beside it. */
  readonly ownContent: boolean;
}

const states: Readonly<Record<string, SignatureState>> = {
  GOODSIG: 'good',
  BADSIG: 'changed',
  ERRSIG: 'unreadable',
  EXPSIG: 'expired',
  EXPKEYSIG: 'key-expired',
  REVKEYSIG: 'key-revoked',
};

/**
 * Reads the lines of `--status-fd`, never the prose: user ids of strangers stand in it. Each signature begins with NEWSIG and has exactly one verdict;
 * whatever is reported otherwise is unreadable.
 */
export function readGpgvStatus(text: string): GpgvStatus {
  const sections: string[][][] = [];
  let ownContent = false;
  for (const line of text.split('\n')) {
    if (!line.startsWith('[GNUPG:] ')) continue;
    const words = line.slice('[GNUPG:] '.length).split(' ');
    if (words[0] === 'PLAINTEXT') ownContent = true;
    else if (words[0] === 'NEWSIG') sections.push([]);
    // A verdict before the first NEWSIG belongs to no signature that we know of, but must not be lost.
    else if (sections.length === 0 && isVerdict(words)) sections.push([words]);
    else sections.at(-1)?.push(words);
  }
  return { signatures: sections.map(signatureOf), ownContent };
}

/** RFC 9580, section 9.5. gpgv 2.2 refuses only the first. */
const weakDigests: ReadonlySet<string> = new Set(['1', '2', '3']);

function isVerdict([word = '']: readonly string[]): boolean {
  return Object.hasOwn(states, word) || word === 'VALIDSIG';
}

function signatureOf(lines: readonly (readonly string[])[]): SignatureStatus {
  const verdicts = lines.flatMap(([word = '', ...rest]) => (Object.hasOwn(states, word) ? [{ state: states[word], rest }] : []));
  const valid = lines.filter(([word]) => word === 'VALIDSIG');
  const [verdict, another] = verdicts;
  const unreadable: SignatureStatus = {
    state: 'unreadable',
    primary: undefined,
    made: undefined,
    keyExpired: undefined,
    ofText: false,
    weakDigest: false,
  };
  if (verdict?.state === undefined || another !== undefined || valid.length > 1) return unreadable;
  const { state, rest } = verdict;
  // ERRSIG <keyid> <pubkey algo> <hash algo> <class> <time> <reason> <fpr>: reason 9 is a missing public key.
  if (state === 'unreadable') return rest[5] === '9' ? { ...unreadable, state: 'unknown-key' } : unreadable;
  if (state === 'changed') return { ...unreadable, state };
  // VALIDSIG <fpr> <date> <time> <expires> <version> <reserved> <pubkey algo> <hash algo> <class> <primary fpr>
  const primary = valid[0]?.[10];
  const made = timeOf(valid[0]?.[3]);
  if (primary === undefined || made === undefined || !/^[0-9A-F]{40}$/.test(primary)) return unreadable;
  const ends = lines.flatMap(([word, time]) => (word === 'KEYEXPIRED' ? [timeOf(time) ?? 0] : []));
  return {
    state,
    primary,
    made,
    keyExpired: ends.length === 0 ? undefined : Math.min(...ends),
    ofText: valid[0]?.[9] === '01',
    weakDigest: weakDigests.has(valid[0]?.[8] ?? ''),
  };
}

/** Seconds since 1970, or `20260131T235959`, in UTC. */
function timeOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  if (/^\d{1,12}$/.test(word)) return Number(word) * 1000;
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/.exec(word) ?? [];
  return year === undefined ? undefined : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
