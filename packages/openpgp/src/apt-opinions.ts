import type { KeyDescription, KeyPart } from './key-parts.ts';
import { hashWeakness } from './key-strength.ts';

/** What an apt makes of signatures by a part of a key; `refusal` continues "refused: ". */
export interface AptOpinion {
  readonly apt: string;
  readonly refusal: string | undefined;
}

type Rule = (part: KeyPart) => string | undefined;

/** Measured, each with keys made for it; test/integration/apt-acceptance.test.ts measures again. */
const rules: readonly { readonly apt: string; readonly rule: Rule }[] = [
  { apt: 'apt 2.6 (Debian 12)', rule: byGpgv },
  { apt: 'apt 3.0 (Debian 13)', rule: bySqv },
];

/**
 * Whether apt of Debian 12 and of Debian 13 would accept what this part signs at `now` (milliseconds). Less than `refusalOf` asks for, which looks ahead to
 * coming versions as well.
 */
export function aptOpinions(part: KeyPart, { primary }: KeyDescription, now: number): readonly AptOpinion[] {
  const common = inAnyApt(primary, now) ?? inAnyApt(part, now) ?? unbound(part);
  return rules.map(({ apt, rule }) => ({ apt, refusal: common ?? rule(primary) ?? rule(part) }));
}

function inAnyApt({ role, revoked, selfSignature }: KeyPart, now: number): string | undefined {
  if (revoked === 'yes') return `the ${role} is revoked`;
  if (selfSignature?.expires !== undefined && selfSignature.expires <= now) return `the ${role} has expired`;
  return undefined;
}

function unbound({ role, selfSignature, counterSignature }: KeyPart): string | undefined {
  return role === 'subkey' && selfSignature?.maySign === true && counterSignature === undefined
    ? 'the subkey has not signed its primary key'
    : undefined;
}

function byGpgv({ algorithm: { name, family, bits = 0 }, selfSignature }: KeyPart): string | undefined {
  if (family === 'dsa' && bits < 2048) return `${name}, whose signatures are SHA-1`;
  if (family === 'ed25519' || family === 'ed448') return `the ${family} of RFC 9580 is unknown to gpgv`;
  return selfSignature?.hash === 'md5' ? 'a self-signature with MD5' : undefined;
}

function bySqv({ algorithm: { name, family, bits = 0, curve }, selfSignature, counterSignature }: KeyPart): string | undefined {
  if (family === 'dsa') return name;
  if (family.startsWith('rsa') && bits < 2048) return name;
  if (curve === 'secp256k1' || curve?.startsWith('brainpool') === true) return `the curve ${curve}`;
  const hash = [selfSignature?.hash, counterSignature].find((each) => each !== undefined && hashWeakness(each) !== undefined);
  return hash === undefined ? undefined : `a self-signature with ${hash.toUpperCase()}`;
}
