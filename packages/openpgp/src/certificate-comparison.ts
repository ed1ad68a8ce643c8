import { type KeyFacts, keyFacts } from './key-facts.ts';
import type { KeyDescription } from './key-parts.ts';
import { dateOf, refusalOf } from './key-refusal.ts';
import { partName } from './signer-choice.ts';

export interface PublishedComparison {
  /** Why users cannot verify; undefined when they can. */
  readonly problem: string | undefined;
  readonly warnings: readonly string[];
}

/**
 * What users have (the public key in the repository) against what signs: every apt refuses signatures by a subkey that the user's copy of the
 * key does not hold, and gpgv those by a key that has expired in that copy, whatever newer copies say.
 */
export function compareWithPublished(
  signing: KeyFacts,
  published: readonly KeyDescription[],
  now: number,
  name: string,
): PublishedComparison {
  const there = published.find(({ primary }) => primary.fingerprint === signing.fingerprint);
  if (there === undefined) {
    const others = published.map(({ primary }) => primary.fingerprint).join(', ');
    return { problem: `the ${name} does not hold the key ${signing.fingerprint}, which signs, but ${others}`, warnings: [] };
  }
  const part = [there.primary, ...there.subkeys].find(({ fingerprint }) => fingerprint === signing.signingFingerprint);
  if (part === undefined) {
    return {
      problem: `the ${name} lacks the subkey ${signing.signingFingerprint}, which signs: every apt refuses its signatures`,
      warnings: [],
    };
  }
  const refusal = refusalOf(part, there, now);
  if (refusal !== undefined) {
    const which = refusal.ofPrimary === true ? there.primary : part;
    return { problem: `by the ${name}, ${partName(which)} ${refusal.reason}`, warnings: [] };
  }
  const { expires } = keyFacts(there, part, now);
  if (expires === undefined || (signing.expires !== undefined && signing.expires <= expires)) return { problem: undefined, warnings: [] };
  const own = signing.expires === undefined ? 'does not expire' : `expires on ${dateOf(signing.expires)}`;
  const warning = `By the ${name}, what signs expires on ${dateOf(expires)}, but the signing key ${own}: users need the newer public key before that day.`;
  return { problem: undefined, warnings: [warning] };
}
