import type { Claims } from './claims.ts';

/** What GitHub says of a run of release.yml that a tag started; the reusable workflow is of another repository. */
export const claimsOfRelease: Claims = {
  ref: 'refs/tags/v1.0.0',
  sha: 'c'.repeat(40),
  repository: 'owner/project',
  repository_id: '7',
  repository_owner_id: '8',
  repository_visibility: 'public',
  event_name: 'push',
  workflow_ref: 'owner/project/.github/workflows/release.yml@refs/tags/v1.0.0',
  job_workflow_ref: 'release-kit/release-kit/.github/workflows/release.yml@refs/tags/v1',
  runner_environment: 'github-hosted',
  run_id: '42',
  run_attempt: '1',
};

/** Not signed. */
export const tokenOf = (claims: object): string =>
  ['{"alg":"RS256"}', JSON.stringify(claims), ''].map((part) => Buffer.from(part).toString('base64url')).join('.');
