import { type Host, UserError } from '@release-kit/action';
import { number } from './answer-field.ts';
import { field } from './field.ts';
import { type GitHubTarget, githubCalls } from './github-calls.ts';
import { isMissing, isUncertain } from './github-errors.ts';

/** Milliseconds before each further try; two attestations of the same statement do no harm. */
const pauses: readonly number[] = [2000, 8000];
const permission = 'attestations: write';

/** Why GitHub keeps no attestations of a repository that is asked for nothing else: the plan of its owner. */
export function isWithoutAttestations(error: unknown): boolean {
  return error instanceof UserError && /feature not available/i.test(error.message);
}

/** Has GitHub keep a Sigstore bundle (its JSON) under the digests of its subjects; gives the id. E_TOKEN, E_GITHUB, E_RATE. */
export async function storeAttestation(host: Host, target: GitHubTarget, bundle: unknown): Promise<string> {
  const { at, call } = await githubCalls(host, target, permission);
  for (let tries = 0; ; tries += 1) {
    try {
      const answer = await call('storing the attestation', 'POST /repos/{owner}/{repo}/attestations', { ...at, bundle });
      return String(number(answer, 'id', 'attestation'));
    } catch (error) {
      const pause = pauses[tries];
      if (!isUncertain(error) || pause === undefined) throw error;
      await host.clock.sleep(pause);
    }
  }
}

/** The bundles that GitHub keeps about a file, by its SHA-256 in hex; those that it no longer hands out with the list are left out. E_TOKEN, E_GITHUB, E_RATE. */
export async function attestationsOf(host: Host, target: GitHubTarget, sha256: string): Promise<readonly unknown[]> {
  const { at, call } = await githubCalls(host, target, permission);
  try {
    const answer = await call('looking for attestations', 'GET /repos/{owner}/{repo}/attestations/{subject_digest}', {
      ...at,
      subject_digest: `sha256:${sha256}`,
      per_page: 100,
    });
    const list = field(answer, 'attestations');
    return (Array.isArray(list) ? list : []).map((one) => field(one, 'bundle')).filter((bundle) => typeof bundle === 'object');
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
