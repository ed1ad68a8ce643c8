import { defineAction, jobTokenInput, oneOf, path, problemOutput } from '@release-kit/action';
import { manifestDigestInput } from '@release-kit/manifest';

export const spec = defineAction({
  name: 'attest-packages',
  description:
    'Attests where packages come from: a statement of SLSA provenance over all of them, signed by the identity of the workflow and kept by GitHub.',
  inputs: {
    assets: path({
      default: 'out/signed',
      mustExist: true,
      anywhere: true,
      description: 'Folder that sign-artifacts wrote: manifest.json, and the files it lists.',
    }),
    'manifest-digest': { ...manifestDigestInput, description: "sign-artifacts' output manifest-digest." },
    policy: oneOf({
      values: ['required', 'best-effort'],
      default: 'required',
      description:
        'What happens when nothing can be attested, since services are down or are not there for this repository: required fails, best-effort says why and goes on.',
    }),
    output: path({
      default: 'out/attestation/provenance.sigstore.json',
      anywhere: true,
      description: 'The signed statement is written here, as a Sigstore bundle.',
    }),
    'github-token': jobTokenInput('Token that keeps the attestation on GitHub; it needs attestations: write.'),
  },
  outputs: {
    bundle: { description: 'Path of the Sigstore bundle; empty when nothing was attested.' },
    'attestation-id': { description: "GitHub's id of the attestation; empty when GitHub does not keep it." },
    'attestation-url': { description: 'Where to look at the attestation; empty when GitHub does not keep it.' },
    attested: { description: 'Whether there is a signed statement: true or false.' },
    problem: problemOutput,
  },
  permissions: [
    { permission: 'id-token: write', reason: 'to sign as this workflow, without a key' },
    { permission: 'attestations: write', reason: 'to keep the attestation on GitHub, where users look it up' },
  ],
  errors: [
    'E_INPUT',
    'E_FORK',
    'E_PATH',
    'E_MANIFEST',
    'E_DIGEST',
    'E_NAME',
    'E_NAME_COLLISION',
    'E_ATTEST',
    'E_TOKEN',
    'E_GITHUB',
    'E_RATE',
  ],
});
