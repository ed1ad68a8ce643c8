import { afterAll } from '@jest/globals';
import type { Argv } from './command.ts';
import { CommandError } from './errors.ts';
import type { TemporaryFolder } from './host.ts';
import { type RecordingHost, recordingHost } from './recording-host.ts';
import { temporaryFolder } from './temporary.ts';

/** What runs commands, and a folder for their files, for the tests of one file: gone after the last of them. */
export async function commandsForAll(): Promise<{ readonly host: RecordingHost; readonly folder: TemporaryFolder }> {
  const host = await recordingHost();
  const folder = await temporaryFolder('/tmp', 'spawn-test');
  afterAll(async () => {
    await host[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });
  return { host, folder };
}

export const sh = (script: string): Argv => ['sh', '-c', script];

/** How a command failed that has to fail. */
export async function errorOf(promise: Promise<unknown>): Promise<CommandError> {
  const error = await promise.catch((reason: unknown) => reason);
  if (!(error instanceof CommandError)) throw new Error(`expected a CommandError, got ${String(error)}`);
  return error;
}
