import { afterAll, beforeAll } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { type DockerDaemon, startDockerDaemon } from '@release-kit/machine/docker-daemon';

/** A Docker daemon for the tests of one block: started before the first of them, gone after the last. */
export function dockerForAll(timeout: number): { readonly address: string } {
  let outer: RecordingHost | undefined;
  let daemon: DockerDaemon | undefined;
  beforeAll(async () => {
    outer = await recordingHost();
    daemon = await startDockerDaemon(outer);
  }, timeout);
  afterAll(async () => {
    await daemon?.[Symbol.asyncDispose]();
    await outer?.[Symbol.asyncDispose]();
  }, timeout);
  return {
    get address() {
      if (daemon === undefined) throw new Error('not started yet: ask for it inside a test');
      return daemon.address;
    },
  };
}
