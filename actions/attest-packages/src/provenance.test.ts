import { expect, test } from '@jest/globals';
import { claimsOfRelease } from './claims.test-support.ts';
import { provenanceOf } from './provenance.ts';

/** As @actions/attest 3.2 makes it of these claims. */
const expected = {
  buildDefinition: {
    buildType: 'https://actions.github.io/buildtypes/workflow/v1',
    externalParameters: {
      workflow: { ref: 'refs/tags/v1.0.0', repository: 'https://github.com/owner/project', path: '.github/workflows/release.yml' },
    },
    internalParameters: {
      github: { event_name: 'push', repository_id: '7', repository_owner_id: '8', runner_environment: 'github-hosted' },
    },
    resolvedDependencies: [{ uri: 'git+https://github.com/owner/project@refs/tags/v1.0.0', digest: { gitCommit: 'c'.repeat(40) } }],
  },
  runDetails: {
    builder: { id: 'https://github.com/release-kit/release-kit/.github/workflows/release.yml@refs/tags/v1' },
    metadata: { invocationId: 'https://github.com/owner/project/actions/runs/42/attempts/1' },
  },
};

test('the builder is the workflow that held the job, the source the repository that called it', () => {
  expect(provenanceOf(claimsOfRelease, 'https://github.com')).toEqual({ type: 'https://slsa.dev/provenance/v1', content: expected });
});
