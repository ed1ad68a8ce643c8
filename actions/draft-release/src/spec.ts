import { boolean, defineAction, oneOf, path, secret, text } from '@release-kit/action';
import { manifestDigestInput } from '@release-kit/manifest';
import { keyNameInput } from '@release-kit/openpgp';

export const spec = defineAction({
  name: 'draft-release',
  description: 'Lays out one complete draft release: packages, checksums, signatures and notes, in a folder or on GitHub.',
  inputs: {
    assets: path({
      default: 'out/signed',
      mustExist: true,
      anywhere: true,
      description: 'Folder that sign-artifacts wrote: manifest.json, the files it lists, sums, signatures and the public key.',
    }),
    'manifest-digest': { ...manifestDigestInput, description: "sign-artifacts' output manifest-digest." },
    fingerprint: text({
      optional: true,
      pattern: /^[0-9A-F]{40}(?:\s+[0-9A-F]{40})?$/,
      patternText: '40 upper-case hexadecimal digits, or two times that',
      defaultText: 'not compared',
      description: "sign-artifacts' output fingerprint: only signatures by this key are released, or by both when two signed.",
    }),
    'key-name': { ...keyNameInput, description: "sign-artifacts' input key-name." },
    tag: text({ description: 'Release tag, for example v1.2.3.' }),
    notes: path({
      optional: true,
      mustExist: true,
      anywhere: true,
      defaultText: 'no notes',
      description: 'Markdown file with the release notes.',
    }),
    destination: oneOf({ values: ['folder', 'github'], default: 'folder', description: 'Where the draft is made.' }),
    output: path({
      default: 'release',
      anywhere: true,
      description: 'Folder of the draft when the destination is folder; replaced as a whole when it already holds a draft of the same tag.',
    }),
    repository: text({
      optional: true,
      pattern: /^[A-Za-z0-9_.-]{1,100}\/[A-Za-z0-9_.-]{1,100}$/,
      patternText: 'owner/name',
      defaultText: 'the repository of this run',
      description: 'Repository of the draft when the destination is github.',
    }),
    commit: text({
      optional: true,
      pattern: /^[0-9a-f]{40}$/,
      patternText: 'a full commit SHA',
      defaultText: 'the commit of this run',
      description: 'Commit that was built.',
    }),
    'dry-run': boolean({
      default: false,
      description: 'Check everything and print the plan, and write nothing: for pull requests, where the token may only read.',
    }),
    'github-token': secret({ optional: true, description: 'Token with contents: write, when the destination is github.' }),
  },
  outputs: {
    'release-id': { description: "GitHub's id of the draft, or the folder's path; empty after a dry run." },
    url: { description: 'Where to look at the draft; empty after a dry run.' },
    assets: { description: 'Names of the assets, one per line.' },
  },
  permissions: [
    { permission: 'contents: write', reason: 'to create the draft and upload its assets; only when the destination is github' },
  ],
  errors: [
    'E_INPUT',
    'E_PATH',
    'E_MANIFEST',
    'E_DIGEST',
    'E_KEY_FORMAT',
    'E_SIGNATURE',
    'E_TOOL_MISSING',
    'E_TAG',
    'E_NAME',
    'E_NAME_COLLISION',
    'E_TOKEN',
    'E_GITHUB',
    'E_RATE',
    'E_TAG_MOVED',
    'E_RELEASE_EXISTS',
    'E_ASSET_CONFLICT',
  ],
});
