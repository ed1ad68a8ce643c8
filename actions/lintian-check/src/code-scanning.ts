import { type Host, UserError } from '@release-kit/action';
import { pullRequestOf, uploadSarif } from '@release-kit/github';

/** Brings the findings (SARIF) to code scanning, where they are alerts; where the token cannot have the permission that is said. */
export async function alertOn(
  sarif: string,
  { githubToken: token }: { readonly githubToken: string | undefined },
  host: Host,
): Promise<void> {
  const { repository, sha: commit, ref } = host.github;
  if (repository === undefined || commit === undefined || ref === undefined)
    throw new UserError(
      'E_INPUT',
      'code-scanning is true, but this is no run of GitHub Actions: the repository and its commit are not known',
      {
        cure: 'Leave code-scanning out, or run it on GitHub.',
      },
    );
  if ((await pullRequestOf(host))?.fromFork === true) {
    host.log.info('findings are not brought to code scanning: the token of a pull request from a fork may only read');
    return;
  }
  const outcome = await uploadSarif(host, { repository, token }, { commit, ref, sarif });
  host.log.info(
    outcome === 'complete'
      ? 'code scanning has taken the findings in'
      : 'code scanning has the findings, and has not looked at them yet: alerts come later',
  );
}
