/** @slow 90 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { describeWithMachines } from '../support/machine-host.ts';
import { longGallery, shortGallery } from '../support/smoke-gallery/gallery.ts';
import { verdictTests } from '../support/smoke-gallery/verdicts-test.ts';

// The others are in test/long.
describeWithMachines('what is said of broken packages', () => {
  verdictTests(shortGallery, { given: { engine: 'nspawn' }, env: () => ({}), timeout: 900_000 });
});

test('what the long tests alone take is much like others, or shown by a short test that is there', () => {
  const missing = longGallery.filter(
    ({ shownBy }) => shownBy !== undefined && !existsSync(join(import.meta.dirname, `${shownBy}.test.ts`)),
  );
  expect(missing.map(({ name }) => name)).toEqual([]);
  expect(shortGallery.length).toBeGreaterThanOrEqual(15);
});
