import { boolean, defineAction, list, oneOf, path, problemOutput, secret, text } from '@release-kit/action';
import { configInput } from '@release-kit/config';
import { pointerKinds } from '@release-kit/github';
import { manifestDigestInput } from '@release-kit/manifest';
import { keyNameInput } from '@release-kit/openpgp';

export const spec = defineAction({
  name: 'draft-release',
  description:
    'Lays out one complete draft release: packages, checksums, signatures and notes, in a folder or on GitHub; checks before, publishes, promotes and takes back.',
  inputs: {
    mode: oneOf({
      values: ['draft', 'check', 'promote', 'rollback', 'yank', 'restore'],
      default: 'draft',
      description:
        'What is done: draft makes a draft of what was signed; check tells before anything is built whether that will be possible; promote makes one of the files of a published pre-release; rollback marks a bad release and leads users to the one before; yank hides it too; restore takes both back.',
    }),
    assets: path({
      default: 'out/signed',
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
      defaultText: 'no notes; when promoting those of the pre-release',
      description: 'Markdown file with the release notes.',
    }),
    'notes-text': text({
      optional: true,
      defaultText: 'none',
      description: 'The release notes themselves, in place of notes: as the output of another job, below 100 KiB.',
    }),
    attestation: path({
      optional: true,
      mustExist: true,
      anywhere: true,
      defaultText: 'none',
      description: 'Sigstore bundle that attests the files of the manifest, released beside them as <name>.sigstore.json.',
    }),
    publish: boolean({
      default: false,
      description:
        'Publish the draft when it is complete, and verify what users download. On GitHub release.draft: false of the configuration asks for it as well.',
    }),
    channel: text({
      optional: true,
      pattern: /^[a-z][a-z0-9-]{0,31}$/,
      patternText: 'small letters, digits and hyphens',
      defaultText: 'release.channels of the configuration, else stable, beta or nightly by the version',
      description: 'Channel of the release. All but stable are pre-releases.',
    }),
    pointers: list({
      values: pointerKinds,
      default: [],
      description:
        'Tags that move to the greatest release of their line when it is published or taken back: major (v1), minor (v1.2), channel (stable, beta, nightly).',
    }),
    from: text({
      optional: true,
      defaultText: 'the greatest published pre-release of the version',
      description: 'Tag of the pre-release that is promoted, for example v1.2.3-rc.2.',
    }),
    reason: text({
      optional: true,
      defaultText: 'none',
      description: 'What is wrong with a release that is rolled back or yanked; one sentence for its users.',
    }),
    source: path({
      default: '.',
      mustExist: true,
      anywhere: true,
      description: 'Folder to look for the configuration file in; where it has none, that of the nearest folder above it counts.',
    }),
    config: configInput('Configuration file, for its section release.'),
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
      defaultText: 'the commit of this run; when promoting that of the pre-release',
      description: 'Commit that was built.',
    }),
    'dry-run': boolean({
      default: false,
      description: 'Check everything and print the plan, and write nothing: for pull requests, where the token may only read.',
    }),
    'github-token': secret({
      optional: true,
      description: 'Token with contents: write, when the destination is github; contents: read is enough for mode check.',
    }),
  },
  outputs: {
    'release-id': { description: "GitHub's id of the draft, or the folder's path; empty after a dry run." },
    url: { description: 'Where to look at the draft; empty after a dry run.' },
    exists: { description: 'In mode check what is there already: none, draft or published. Else empty.' },
    assets: { description: 'Names of the assets, one per line.' },
    channel: { description: 'Channel of the release.' },
    published: { description: 'Whether the release can be seen by all: true or false.' },
    problem: problemOutput,
  },
  permissions: [
    {
      permission: 'contents: write',
      reason: 'to create the draft and upload its assets, to publish and to take back; only when the destination is github',
    },
  ],
  errors: [
    'E_INPUT',
    'E_FORK',
    'E_CONFIG',
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
