import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { searchInterrupted, searchPlanForAll } from '../support/secret-search/signing-search.ts';

const minute = 60_000;
/** RELEASE_KIT_SEED repeats a run that failed. */
const seed = Number(process.env['RELEASE_KIT_SEED'] ?? Date.now() % 1_000_000);
const count = Number(process.env['RELEASE_KIT_INTERRUPTS'] ?? 200);
/** Of every signal that can be caught; what a runner gives before it kills. */
const limit = 2000;
const root = mkdtempSync(join(tmpdir(), 'secret-search-'));
afterAll(() => rmSync(root, { recursive: true }));

describe('sign-artifacts and release-kit sign', () => {
  const given = searchPlanForAll(root);

  test(
    `ended at ${count} random moments, let no byte of key and passphrase out and are gone within two seconds, seed ${seed}`,
    async () => {
      const times = await searchInterrupted({ ...given.plan, count, seed, sideBySide: 2 });
      expect(times.filter((milliseconds) => milliseconds > limit)).toEqual([]);
    },
    20 * minute,
  );
});
