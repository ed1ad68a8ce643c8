import { afterAll, beforeAll, describe } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { type DockerDaemon, dockerAble, startDockerDaemon } from '@release-kit/machine/docker-daemon';
import type { BrokenPackage } from './broken-package.ts';
import { verdictTests } from './verdicts-test.ts';

/** The same verdicts in machines by Docker, with a daemon of the test's own. */
export function dockerVerdicts(packages: readonly BrokenPackage[], timeout: number): void {
  (dockerAble ? describe : describe.skip)('what is said of broken packages in machines by Docker', () => {
    let outer: RecordingHost;
    let daemon: DockerDaemon | undefined;
    beforeAll(async () => {
      outer = await recordingHost();
      daemon = await startDockerDaemon(outer);
    }, timeout);
    verdictTests(packages, { given: { engine: 'docker' }, env: () => ({ DOCKER_HOST: daemon?.address ?? '' }), timeout });
    afterAll(async () => {
      await daemon?.[Symbol.asyncDispose]();
      await outer[Symbol.asyncDispose]();
    }, timeout);
  });
}
