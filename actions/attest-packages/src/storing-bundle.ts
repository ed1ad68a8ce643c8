import { type Host, type InputsOf, UserError } from '@release-kit/action';
import { type GitHubTarget, isWithoutAttestations, storeAttestation } from '@release-kit/github';
import type { spec } from './spec.ts';
import { Unattainable } from './unattainable.ts';

/** The attestation as GitHub keeps it. */
export interface Stored {
  readonly id: string;
  readonly url: string;
}

/** Reasons that best-effort lets pass: the token may not, GitHub is down, or its limit is used up. */
const passing: readonly string[] = ['E_ATTEST', 'E_TOKEN', 'E_GITHUB', 'E_RATE'];

/**
 * Has GitHub keep the bundle. With best-effort a bundle that it does not keep is told, and stays good: whoever has the file can verify with it; then
 * undefined. E_ATTEST where the owner's plan has no attestations, E_TOKEN, E_GITHUB, E_RATE.
 */
export async function storeBundle(
  bundle: object,
  target: GitHubTarget,
  { policy, output }: Pick<InputsOf<typeof spec>, 'policy' | 'output'>,
  host: Host,
): Promise<Stored | undefined> {
  try {
    const id = await storeAttestation(host, target, bundle);
    const url = `${host.github.serverUrl}/${target.repository}/attestations/${id}`;
    host.log.info(`GitHub keeps the attestation: ${url}`);
    return { id, url };
  } catch (thrown) {
    const error = isWithoutAttestations(thrown)
      ? new Unattainable(
          'GitHub keeps no attestations of this repository',
          'Private repositories have them with GitHub Enterprise Cloud: set policy: best-effort, or attest: never.',
          thrown,
        )
      : thrown;
    if (policy === 'required' || !(error instanceof UserError) || !passing.includes(error.code)) throw error;
    host.annotate({
      level: 'warning',
      title: 'attest-packages: GitHub does not keep the attestation',
      message: `${error.message}\nThe packages are attested all the same: verify them with ${output}, by gh attestation verify --bundle.\n${error.cure}`,
    });
    return undefined;
  }
}
