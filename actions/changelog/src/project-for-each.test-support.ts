import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { run } from './run.ts';
import { spec } from './spec.ts';
import { makeHistory, type Step } from './test-history.ts';

export interface ProjectForEach {
  readonly host: RecordingHost;
  /** Absolute; an empty folder of the host's workspace until a history is made in it. */
  readonly checkout: string;
  readonly history: (...steps: readonly Step[]) => Promise<void>;
  readonly git: (...args: readonly string[]) => Promise<unknown>;
  /** Runs the action with inputs as a caller gives them: text by name. */
  readonly changelog: (given?: Readonly<Record<string, string>>, on?: RecordingHost) => ReturnType<typeof run>;
}

/** A host with a folder for a checkout, a new one for each test of the file. */
export function projectForEach(): ProjectForEach {
  let host: RecordingHost;
  let checkout: string;
  beforeEach(async () => {
    host = await recordingHost();
    checkout = join(host.files.workspace, 'project');
    await mkdir(checkout);
  });
  afterEach(async () => {
    await host[Symbol.asyncDispose]();
  });
  return {
    get host() {
      return host;
    },
    get checkout() {
      return checkout;
    },
    history: (...steps) => makeHistory(host, checkout, steps),
    git: (...args) => host.exec(['git', ...args], { cwd: checkout, env: { GIT_CONFIG_NOSYSTEM: '1' } }),
    changelog: (given = {}, on = host) =>
      run(readInputs(spec, { source: checkout, ...given }, { workspace: host.files.workspace, nameOf: (name) => name }), on),
  };
}
