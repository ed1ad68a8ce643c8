/** Longer texts are none of these. */
const longest = 4096;

/** How each begins, or what all of it is: nothing that is secret is looked at or said. */
const likenesses: readonly (readonly [form: RegExp, what: string])[] = [
  [/^AGE-SECRET-KEY-/i, 'a key of age, which signs nothing'],
  [/^untrusted comment: /, 'of minisign or signify, no OpenPGP key'],
  [/^(?:sk-)?(?:ssh|ecdsa)-\S+ AAAA/, 'a public key of SSH, no OpenPGP key'],
  [/^(?:0x)?(?:[0-9A-F]{40}|[0-9A-F]{16})$|^(?:[0-9A-F]{4}\s+){9}[0-9A-F]{4}$/i, 'the fingerprint of a key, not the key itself'],
  [/^(?:Created: |Key: \()/, "a file of gpg's folder private-keys-v1.d, which is for gpg alone"],
  [/^\S+\.(?:asc|gpg|pgp|key|txt)$/, 'the name of a file, not what is in it'],
];

/** What a text is that was given in place of an OpenPGP key, in words; undefined when it is like nothing that is known. */
export function likeness(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed.length > longest ? undefined : likenesses.find(([form]) => form.test(trimmed))?.[1];
}
