import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { type RecordingHost, type RecordingOptions, recordingHost } from '@release-kit/action';
import { missingTools } from '@release-kit/machine';

/** Base systems are made once for all tests and runs. */
const cache = process.env['RELEASE_KIT_CACHE'] ?? join(homedir(), '.cache', 'release-kit');

/** The recording host for tests with real machines: its cache is the one that is kept. */
export function machineHost(options: RecordingOptions = {}): Promise<RecordingHost> {
  return recordingHost({ cache, ...options });
}

const able = process.getuid?.() === 0 && (await missingTools({ env: (name) => process.env[name] })).length === 0;

/** `describe` for tests that need root and machines: skipped where these are missing, but never in CI. */
export const describeWithMachines: (name: string, body: () => void) => void = able || process.env['CI'] ? describe : describe.skip;
