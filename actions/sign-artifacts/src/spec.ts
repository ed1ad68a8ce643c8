import { boolean, defineAction, oneOf, path, secret } from '@release-kit/action';
import { manifestInputs } from '@release-kit/manifest';
import { keyNameInput } from '@release-kit/openpgp';

export const spec = defineAction({
  name: 'sign-artifacts',
  description: 'Writes SHA256SUMS and detached OpenPGP signatures for everything in the manifest, and verifies each again.',
  inputs: {
    mode: oneOf({ values: ['sign'], default: 'sign', description: 'What to do: sign the files of the manifest.' }),
    ...manifestInputs,
    output: path({
      optional: true,
      anywhere: true,
      defaultText: "signed in the manifest's folder",
      description:
        'New folder for all that is released: the files, their new manifest, sums, signatures, the public key. One of an earlier run is replaced.',
    }),
    key: secret({ optional: true, description: 'Secret OpenPGP key: the armored block, or its base64 form on one line.' }),
    passphrase: secret({ optional: true, description: 'Passphrase of the key, byte for byte.' }),
    'key-name': keyNameInput,
    'control-files': boolean({
      default: true,
      description: 'Sign .dsc, .buildinfo and .changes files inside as well, as debsign does; the sums in them follow.',
    }),
    'deb-signature': oneOf({
      values: ['none', 'origin'],
      default: 'none',
      description: 'origin: sign inside each .deb too, as debsigs does (_gpgorigin), for users of debsig-verify.',
    }),
    'throw-away-key': boolean({
      default: false,
      description: 'Without a key, make one for this run only. For trying out: nobody can trust its signatures.',
    }),
  },
  outputs: {
    fingerprint: { description: 'Fingerprint of the key that signed.' },
    manifest: { description: 'Path of the new manifest, beside the signed files.' },
    'manifest-digest': { description: 'SHA-256 of the new manifest; hand it to the job that releases the files.' },
    'public-key': { description: 'Path of the armored public key; the same in binary form lies beside it, as .gpg.' },
    checksums: { description: 'Path of SHA256SUMS.' },
    signatures: { description: 'Paths of the signatures, one per line.' },
  },
  permissions: [],
  errors: [
    'E_INPUT',
    'E_PATH',
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
    'E_PASSPHRASE',
    'E_SIGNATURE',
  ],
});
