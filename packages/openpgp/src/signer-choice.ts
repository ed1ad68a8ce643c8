import { UserError } from '@release-kit/action';
import type { KeyDescription, KeyPart } from './key-parts.ts';
import { isMeantToSign, type Refusal, refusalOf } from './key-refusal.ts';

export interface SignerChoice {
  /** Index among the keys that were given. */
  readonly key: number;
  readonly part: KeyPart;
  /** Sentences: what could have signed, or was meant to, and why it does not. */
  readonly passedOver: readonly string[];
}

interface Candidate {
  readonly key: number;
  readonly description: KeyDescription;
  readonly part: KeyPart;
  readonly refusal: Refusal | undefined;
}

/**
 * Picks what signs at `now` (milliseconds). Within a key as gpg does: the newest valid signing subkey, and the primary key only when
 * there is none, for the primary key is better kept elsewhere. Among several keys the one whose signer is newest. `wanted` (see
 * `readFingerprint`) names a key or exactly one subkey. `name` is how the key is called in messages. E_INPUT and the codes of `refusalOf`.
 */
export function chooseSigner(keys: readonly KeyDescription[], now: number, wanted: string | undefined, name: string): SignerChoice {
  const pool = wanted === undefined ? candidatesOf(keys, now) : candidatesOf(keys, now).filter((each) => isWanted(each, wanted));
  const usable = pool.filter(({ refusal }) => refusal === undefined);
  const [best] = usable.filter((each) => !usable.some((other) => other.key === each.key && comesBefore(other, each))).sort(newestFirst);
  if (best === undefined) throw nothingSigns(keys, pool, wanted, name);
  const passedOver = pool.filter((each) => each !== best).map((each) => `${partName(each.part)} is passed over: ${whyOver(each, best)}`);
  return { key: best.key, part: best.part, passedOver };
}

/** 40 hexadecimal digits of a key or subkey; blanks between them as gpg prints them. E_INPUT. */
export function readFingerprint(text: string): string {
  const compact = text.replace(/\s+/g, '').toUpperCase();
  if (/^[0-9A-F]{40}$/.test(compact)) return compact;
  throw new UserError('E_INPUT', `the input fingerprint is ${compact.length} characters long and not 40 hexadecimal digits`, {
    cure: 'Give the whole fingerprint of the key or subkey, as gpg --list-keys --with-subkey-fingerprint prints it; shorter numbers can be forged.',
  });
}

/** `the subkey 0123…` */
export function partName({ role, fingerprint }: KeyPart): string {
  return `the ${role} ${fingerprint}`;
}

function candidatesOf(keys: readonly KeyDescription[], now: number): readonly Candidate[] {
  return keys.flatMap((description, key) =>
    [description.primary, ...description.subkeys]
      .filter(isMeantToSign)
      .map((part) => ({ key, description, part, refusal: refusalOf(part, description, now) })),
  );
}

function isWanted({ description, part }: Candidate, wanted: string): boolean {
  return description.primary.fingerprint === wanted || part.fingerprint === wanted;
}

/** Within one key. */
function comesBefore(a: Candidate, b: Candidate): boolean {
  if (a.part.role !== b.part.role) return a.part.role === 'subkey';
  return newestFirst(a, b) < 0;
}

/** Of the same second, the first in the text, as gpg does. */
function newestFirst(a: Candidate, b: Candidate): number {
  return b.part.created - a.part.created;
}

function whyOver({ refusal, key, part }: Candidate, best: Candidate): string {
  if (refusal !== undefined) return `${refusal.ofPrimary === true ? 'its primary key' : 'it'} ${refusal.reason}`;
  if (key === best.key && part.role !== best.part.role) return 'a subkey signs in its place';
  return part.created === best.part.created ? 'another one of the same age comes first' : 'it is older';
}

function nothingSigns(keys: readonly KeyDescription[], pool: readonly Candidate[], wanted: string | undefined, name: string): UserError {
  const parts = keys.flatMap(({ primary, subkeys }) => [primary, ...subkeys]);
  const all = listed(
    keys.map(({ primary }) => primary.fingerprint),
    ', ',
  );
  if (wanted !== undefined && !parts.some(({ fingerprint }) => fingerprint === wanted)) {
    return new UserError('E_INPUT', `the ${name} holds no key or subkey ${wanted}, but ${listed(parts.map(partName), ', ')}`, {
      cure: 'Correct the input fingerprint, or leave it out: then the newest that can sign is taken.',
    });
  }
  const [first] = [...pool].sort((a, b) => Number(isElsewhere(a)) - Number(isElsewhere(b)) || newestFirst(a, b));
  if (first?.refusal === undefined) return noSigner(keys, wanted ?? all, name);
  const { code, cure } = first.refusal;
  const reasons = [...new Set(pool.map(({ part, description, refusal }) => reasonOf(part, description, refusal)))];
  return new UserError(
    code,
    `the ${name} ${all} cannot sign: ${listed(reasons, '; ')}`,
    cure === undefined ? {} : { cure: cure.replaceAll('FINGERPRINT', first.description.primary.fingerprint) },
  );
}

/** A stranger's key may have thousands of parts. */
function listed(items: readonly string[], separator: string): string {
  const shown = 8;
  const more = items.length > shown ? [`and ${items.length - shown} more`] : [];
  return [...items.slice(0, shown), ...more].join(separator);
}

/** An expired subkey says more than a primary key that was never there. */
function isElsewhere({ part }: Candidate): boolean {
  return part.secret === 'left out' || part.secret === 'on a smartcard';
}

function reasonOf(part: KeyPart, { primary }: KeyDescription, refusal: Refusal | undefined): string {
  return `${partName(refusal?.ofPrimary === true ? primary : part)} ${refusal?.reason}`;
}

/** None is meant to sign, or not the one that was named. */
function noSigner(keys: readonly KeyDescription[], names: string, name: string): UserError {
  const parts = keys.flatMap(({ primary, subkeys }) => [primary, ...subkeys]);
  const encrypts = parts.some(({ selfSignature }) => selfSignature?.mayEncrypt === true);
  const what = encrypts ? 'it is for encryption only' : 'it holds no key that may sign, only one that certifies';
  return new UserError('E_KEY_UNUSABLE', `the ${name} ${names} cannot sign: ${what}`, {
    cure: `Add a signing subkey: gpg --quick-add-key ${keys[0]?.primary.fingerprint ?? 'FINGERPRINT'} ed25519 sign 2y; export the key again, and give users the new public key.`,
  });
}
