import { boolean, defineAction, duration, list, oneOf, path, problemOutput, secret, text, writtenPath } from '@release-kit/action';
import { manifestInputs } from '@release-kit/manifest';
import { keyNameInput, sumAlgorithms } from '@release-kit/openpgp';
import { signatureForms } from './signed-files.ts';

export const spec = defineAction({
  name: 'sign-artifacts',
  description: 'Signs everything in the manifest: lists of checksums, signatures beside files and inside them; verifies each again.',
  inputs: {
    mode: oneOf({
      values: ['sign', 'check', 'verify'],
      default: 'sign',
      description:
        'sign: sign the files of the manifest. check: only look whether signing will work; needs a key or public-key. verify: verify a folder of signed files.',
    }),
    ...manifestInputs,
    // Looked for by the modes that need it.
    manifest: path({ ...manifestInputs.manifest, mustExist: false }),
    output: path({
      optional: true,
      anywhere: true,
      defaultText: "signed in the manifest's folder",
      description:
        'New folder for all that is released: the files, their new manifest, sums, signatures, the public key. One of an earlier run is replaced.',
    }),
    key: secret({ optional: true, description: 'Secret OpenPGP key: the armored block, or its base64 form on one line.' }),
    passphrase: secret({ optional: true, description: 'Passphrase of the key, byte for byte.' }),
    fingerprint: text({
      optional: true,
      defaultText: 'the newest that may sign',
      pattern: /^(?:[0-9A-Fa-f]\s*){40}$/,
      patternText: 'the 40 hexadecimal digits of a key or subkey, with or without blanks',
      description: 'Which key or subkey signs, when there are several; in mode verify the one that is trusted.',
    }),
    'second-key': secret({ optional: true, description: 'Another secret key that signs as well, while users change over to it.' }),
    'second-passphrase': secret({ optional: true, description: 'Passphrase of the second key.' }),
    'public-key': path({
      optional: true,
      mustExist: true,
      anywhere: true,
      description:
        'The public key that users have, armored or binary: it must verify what is signed, and its expiry is watched. A signer needs it. Mode verify: whom to trust.',
    }),
    signer: list({
      default: [],
      description: 'Program that signs with a key in an HSM or KMS, instead of the input key: one argument a line. Needs public-key.',
    }),
    'signer-timeout': duration({ default: '30s', description: 'Time for one signature by the signer; then it is ended.' }),
    'signer-environment': list({
      default: [],
      description: 'Names of the variables that the signer gets, such as PIN or AWS_REGION; of all others it sees none.',
    }),
    'key-name': keyNameInput,
    checksums: list({
      values: sumAlgorithms,
      default: ['sha256', 'sha512'],
      description: 'Checksum files to write, each signed: sha256 for SHA256SUMS, sha512 for SHA512SUMS, blake2 for B2SUMS.',
    }),
    signatures: list({
      values: signatureForms,
      default: ['asc'],
      description: 'Forms of the detached signatures: asc (armored), sig (binary), or both.',
    }),
    'control-files': boolean({
      default: true,
      description: 'Sign .dsc, .buildinfo and .changes files inside as well, as debsign does; the sums in them follow.',
    }),
    'deb-signature': oneOf({
      values: ['none', 'origin'],
      default: 'none',
      description: 'origin: sign inside each .deb too, as debsigs does (_gpgorigin), for users of debsig-verify.',
    }),
    'signed-files': path({
      optional: true,
      mustExist: true,
      anywhere: true,
      defaultText: 'what mode sign writes',
      description: 'Mode verify: folder of signed files, such as a download, or one file.',
    }),
    'sums-only': boolean({
      default: false,
      description: 'Mode verify: compare digests and look at no signature; finds damage, no forger.',
    }),
    report: writtenPath('Mode verify: write what was found to this file as JSON.'),
    tag: text({
      optional: true,
      pattern: /^(?!-)[^\s~^:?*[\\]{1,200}$/,
      patternText: 'the name of a git tag',
      defaultText: 'not checked',
      description: 'Git tag that is released: its signature is checked first. Needs tag-keys.',
    }),
    'tag-keys': path({
      optional: true,
      mustExist: true,
      anywhere: true,
      description: 'Keys that may sign the tag: OpenPGP public keys, or an allowed_signers file for SSH signatures.',
    }),
    'throw-away-key': boolean({
      default: false,
      description: 'Without a key, make one for this run only. For trying out: nobody can trust its signatures.',
    }),
  },
  outputs: {
    fingerprint: {
      description: 'Fingerprint of the key that signed (with second-key of both, one per line), or in mode verify of the trusted key.',
    },
    manifest: { description: 'Path of the new manifest, beside the signed files.' },
    'manifest-digest': { description: 'SHA-256 of the new manifest; hand it to the job that releases the files.' },
    'public-key': { description: 'Path of the armored public key; the same in binary form lies beside it, as .gpg.' },
    checksums: { description: 'Paths of the checksum files, one per line; SHA256SUMS first.' },
    signatures: { description: 'Paths of the signatures, one per line.' },
    verified: { description: 'Mode verify: names of the files that are vouched for, one per line.' },
    problem: problemOutput,
  },
  permissions: [],
  errors: [
    'E_INPUT',
    'E_FORK',
    'E_PATH',
    'E_HOST',
    'E_MANIFEST',
    'E_DIGEST',
    'E_CONTROL',
    'E_VERSION',
    'E_DEB',
    'E_NAME',
    'E_NAME_COLLISION',
    'E_TOOL_MISSING',
    'E_KEY_FORMAT',
    'E_KEY_PUBLIC_ONLY',
    'E_KEY_UNUSABLE',
    'E_KEY_EXPIRED',
    'E_KEY_REVOKED',
    'E_KEY_NOT_YET_VALID',
    'E_KEY_WEAK',
    'E_KEY_PUBLISHED',
    'E_PASSPHRASE',
    'E_SIGNER',
    'E_SIGNATURE',
    'E_TAG_SIGNATURE',
    'E_GIT',
  ],
});
