import { expect, test } from '@jest/globals';
import type { KnownRelease } from '@release-kit/github';
import { rollbackSummary } from './rollback-summary.ts';

const release = (tag: string): KnownRelease => ({
  ...{ id: tag, tag, body: '', draft: false, prerelease: false, immutable: false, mark: undefined, url: '' },
});

test('the summary says what was done and where users are led', () => {
  const bad = release('v1.2.0');
  const plan = {
    release: bad,
    channel: 'stable',
    instead: release('v1.1.0'),
    steps: [{ says: 'hide v1.2.0', release: bad, change: {} }],
    after: [],
  };
  expect(rollbackSummary(plan, 'yank', true)).toBe('### Yanked: v1.2.0\n\nWould be done:\n\n- hide v1.2.0\n\nUsers are led to `v1.1.0`.');
  expect(rollbackSummary({ ...plan, instead: undefined, steps: [] }, 'rollback', false)).toBe(
    '### Rolled back: v1.2.0\n\nNothing was left to do.\n\nThere is no other release that users could be led to.',
  );
  expect(rollbackSummary(plan, 'restore', false)).not.toContain('led to');
});
