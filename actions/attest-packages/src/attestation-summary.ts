import { codeSpan, inertMarkdown } from '@release-kit/action';
import type { Claims } from './claims.ts';
import type { Subject } from './statement.ts';
import type { Stored } from './storing-bundle.ts';
import type { Unattainable } from './unattainable.ts';

/** Part of the job summary: what was attested, where it can be looked at, and how users verify it. `stored` undefined: GitHub's page is not known. */
export function attestationSummary(
  subjects: readonly Subject[],
  { repository, job_workflow_ref: signer }: Claims,
  stored: Stored | undefined,
): string {
  const files = subjects.length === 1 ? 'one file' : `${subjects.length} files`;
  const where = stored === undefined ? '' : ` [GitHub keeps it](${encodeURI(stored.url)}).`;
  const command = `gh attestation verify ${subjects[0]?.name ?? 'FILE'} --repo ${repository} --signer-workflow ${signer.replace(/@.*$/, '')}`;
  return [
    `### Provenance of ${files}`,
    `Signed by the identity of ${codeSpan(signer)}.${where}`,
    `Users verify any of the files with ${codeSpan(command)}`,
  ].join('\n\n');
}

export function skipSummary({ message, cure }: Unattainable): string {
  return [
    '### Nothing is attested',
    `${inertMarkdown(message)}. The packages themselves are as good as before.`,
    `What to do: ${inertMarkdown(cure)}`,
  ].join('\n\n');
}
