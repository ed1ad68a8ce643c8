import { describe } from '@jest/globals';
import { dockerAble } from '@release-kit/machine/docker-daemon';
import { dockerForAll } from '../docker-for-all.ts';
import type { BrokenPackage } from './broken-package.ts';
import { verdictTests } from './verdicts-test.ts';

/** The same verdicts in machines by Docker, with a daemon of the test's own. */
export function dockerVerdicts(packages: readonly BrokenPackage[], timeout: number): void {
  (dockerAble ? describe : describe.skip)('what is said of broken packages in machines by Docker', () => {
    const docker = dockerForAll(timeout);
    verdictTests(packages, { given: { engine: 'docker' }, env: () => ({ DOCKER_HOST: docker.address }), timeout });
  });
}
