import type { Claims } from './claims.ts';
import type { Predicate } from './statement.ts';

/**
 * SLSA provenance v1 of a workflow's run, word for word as @actions/attest says it, so that `gh attestation verify` and policies read it as they read
 * GitHub's own. https://slsa.dev/spec/v1.0/provenance, https://github.com/slsa-framework/github-actions-buildtypes/tree/main/workflow/v1
 *
 * @param serverUrl `https://github.com`
 */
export function provenanceOf(claims: Claims, serverUrl: string): Predicate {
  const repository = `${serverUrl}/${claims.repository}`;
  const [path = ''] = claims.workflow_ref.replace(`${claims.repository}/`, '').split('@');
  return {
    type: 'https://slsa.dev/provenance/v1',
    content: {
      buildDefinition: {
        buildType: 'https://actions.github.io/buildtypes/workflow/v1',
        externalParameters: { workflow: { ref: claims.ref, repository, path } },
        internalParameters: {
          github: {
            event_name: claims.event_name,
            repository_id: claims.repository_id,
            repository_owner_id: claims.repository_owner_id,
            runner_environment: claims.runner_environment,
          },
        },
        resolvedDependencies: [{ uri: `git+${repository}@${claims.ref}`, digest: { gitCommit: claims.sha } }],
      },
      runDetails: {
        builder: { id: `${serverUrl}/${claims.job_workflow_ref}` },
        metadata: { invocationId: `${repository}/actions/runs/${claims.run_id}/attempts/${claims.run_attempt}` },
      },
    },
  };
}
