import { type ErrorEntry, failure, usage } from './error-entry.ts';

/** Codes of what comes after the build: keys, signatures, releases. */
export const releaseErrors = {
  // Signing
  E_KEY_FORMAT: usage(
    'The signing key cannot be read.',
    'Export it with gpg --armor --export-secret-keys and paste the whole block, or its base64 form on one line.',
  ),
  E_KEY_PUBLIC_ONLY: usage('The signing key is a public key.', 'Export the secret key: gpg --armor --export-secret-keys.'),
  E_KEY_UNUSABLE: usage(
    'The signing key cannot sign: it is for encryption only, its secret part is not there, or programs of users do not know its kind.',
    'Use a signing key of Ed25519 or RSA of 3072 bits or more, and export the part that signs.',
  ),
  E_KEY_EXPIRED: usage(
    'The signing key, or the subkey that signs, has expired.',
    'Set a later date with the primary key: gpg --quick-set-expire; export the key again, and give users the new public key.',
  ),
  E_KEY_REVOKED: usage(
    'The signing key, or the subkey that signs, is revoked.',
    'Make a new signing subkey, or a new key when the primary key is revoked; give users the new public key.',
  ),
  E_KEY_NOT_YET_VALID: usage(
    'The signing key is valid only later than now.',
    'Correct the clock of the machine; if it is right, wait, or make the key on a machine whose clock is right.',
  ),
  E_KEY_WEAK: usage(
    'The signing key is too weak: apt refuses it, or will.',
    'Make a new key: Ed25519, or RSA of 4096 bits; docs/keys.md tells how users change over.',
  ),
  E_KEY_CHECK: failure(
    'Nothing in the key that was looked at can sign for users of apt.',
    'Do what the message says; docs/keys.md tells how keys are made and changed.',
  ),
  E_KEY_PUBLISHED: usage(
    'The public key that users have does not verify what the signing key signs.',
    'Export the public key again with gpg --armor --export, put it into the repository, and give it to users before anything is signed.',
  ),
  E_PASSPHRASE: usage('The passphrase does not open the signing key.', 'Correct the passphrase input; it is used byte for byte.'),
  E_SIGNER: failure(
    'The program that signs with a key elsewhere refused, took too long, or gave something that is no signature.',
    'Run the program of the input signer by itself: the README of sign-artifacts, "Keys in an HSM or KMS", says what it is asked and how it answers.',
  ),
  E_SIGNATURE: failure(
    'A signature does not verify.',
    'Do not publish; sign again, and check that the public key belongs to the signing key.',
  ),
  E_TAG_SIGNATURE: failure(
    'The git tag that is released is not signed by an allowed key, or is not the tag that was signed.',
    'Do not release it; find out who made the tag, and make it anew with git tag -s and a key of tag-keys.',
  ),
  E_ATTEST: failure(
    'Where the packages come from could not be attested.',
    'Give the job id-token: write and attestations: write; when services are down run it again later, or set policy: best-effort.',
  ),
  // Release
  E_TOKEN: usage('The GitHub token is missing, expired, or lacks a permission.', 'Give the job the permission named in the message.'),
  E_GITHUB: failure('GitHub answered with an error.', 'Run again later: what was already done is kept and completed.'),
  E_RATE: failure(
    "GitHub's rate limit is used up for longer than a run waits.",
    'Run again at the time in the message: what was already done is kept and completed.',
  ),
  E_TAG_MOVED: failure(
    'The tag does not name the commit that was built.',
    'Find out who moved the tag; then release what it names now, or move it back, and run again.',
  ),
  E_RELEASE_EXISTS: usage('The release for this tag is already published.', 'Choose another tag; a published release is never changed.'),
  E_ASSET_CONFLICT: failure(
    'An asset of the same name with other content is in the way.',
    'Look at the release; remove the asset, or choose another tag.',
  ),
  E_NAME_COLLISION: usage('Two assets would have the same name in the release.', 'Rename one of the files named in the message.'),
} as const satisfies Record<string, ErrorEntry>;
