import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { checkoutOf, publicHistories, repositoryOf } from '../../scripts/bench/histories.ts';
import { compareHistory } from '../../scripts/comparison/history-comparison.ts';

const folder = process.env['RELEASE_KIT_HISTORIES'] ?? join(homedir(), '.cache', 'release-kit', 'histories');

test.each(publicHistories)(
  'the changelog of $name drops no commit, and counts conventional ones as the oracle does',
  async (history) => {
    const repository = await repositoryOf(history, folder);
    if (repository === undefined) {
      if (process.env['CI'] !== undefined) throw new Error(`${history.name} cannot be cloned`);
      return console.warn(`skipped: ${history.name} is not in ${folder}, and cannot be cloned without a network`);
    }
    await using host: RecordingHost = await recordingHost();
    const checkout = join(host.files.workspace, 'checkout');
    await checkoutOf(repository, checkout);
    const { problems, commits } = await compareHistory(history, checkout, host.files.workspace, undefined);
    expect(problems).toEqual([]);
    expect(commits).toBeGreaterThan(1000);
  },
  600_000,
);
