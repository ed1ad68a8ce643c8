import { UserError } from '@release-kit/action';
import { type AptOpinion, aptOpinions } from './apt-opinions.ts';
import { type KeyFacts, keyFacts } from './key-facts.ts';
import type { KeyContent } from './key-files.ts';
import { describeParts, type KeyDescription, type KeyPart } from './key-parts.ts';
import { isMeantToSign, refusalOf } from './key-refusal.ts';
import { holdsSecretKey, readCertificates, readSecretKeys } from './key-text.ts';
import { chooseSigner } from './signer-choice.ts';

export interface PartReport {
  readonly part: KeyPart;
  readonly meantToSign: boolean;
  /** Why release-kit does not sign with it: `expired on 2026-01-02`; undefined when it does, and for parts that are not meant to. */
  readonly refusal: string | undefined;
  /** Only of parts that are meant to sign. */
  readonly opinions: readonly AptOpinion[];
}

export interface KeyReport {
  readonly kind: 'secret key' | 'public key';
  readonly keys: readonly { readonly description: KeyDescription; readonly parts: readonly PartReport[] }[];
  /** What release-kit would sign with, or why it would not. */
  readonly signer: KeyFacts | UserError;
  /** Sentences: what else is there, and why it does not sign. */
  readonly notes: readonly string[];
}

/** Everything that can be told of the keys in a file, secret or public, at `now` (milliseconds), without opening them. E_KEY_FORMAT, E_KEY_UNUSABLE. */
export async function reportKeys({ content, name }: KeyContent, now: number): Promise<KeyReport> {
  const secret = holdsSecretKey(content, name);
  const { keys, onCards, leftOut } = secret
    ? await readSecretKeys(content, name)
    : { keys: await readCertificates(content, name), onCards: new Set<string>(), leftOut: [] };
  const descriptions = await Promise.all(keys.map((key) => describeParts(key, now, onCards)));
  const { signer, passedOver } = signerOf(descriptions, now, name);
  return {
    kind: secret ? 'secret key' : 'public key',
    keys: descriptions.map((description) => ({ description, parts: partsOf(description, now) })),
    signer,
    notes: [...passedOver, ...leftOut.map((what) => `The ${name} also holds ${what}.`)],
  };
}

function signerOf(
  descriptions: readonly KeyDescription[],
  now: number,
  name: string,
): Pick<KeyReport, 'signer'> & { readonly passedOver: readonly string[] } {
  try {
    const { key, part, passedOver } = chooseSigner(descriptions, now, undefined, name);
    const description = descriptions[key];
    if (description === undefined) throw new Error('the key that was chosen is none of those that were read');
    return { signer: keyFacts(description, part, now), passedOver };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { signer: error, passedOver: [] };
  }
}

function partsOf(description: KeyDescription, now: number): readonly PartReport[] {
  return [description.primary, ...description.subkeys].map((part) => {
    const meantToSign = isMeantToSign(part);
    return {
      part,
      meantToSign,
      refusal: meantToSign ? refusalOf(part, description, now)?.reason : undefined,
      opinions: meantToSign ? aptOpinions(part, description, now) : [],
    };
  });
}
