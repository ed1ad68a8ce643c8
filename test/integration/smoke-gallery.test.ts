/** @slow 280 */
import { describeWithMachines } from '../support/machine-host.ts';
import { smokeGallery } from '../support/smoke-gallery/gallery.ts';
import { verdictTests } from '../support/smoke-gallery/verdicts-test.ts';

/** Variations of these are in test/long. */
const kinds = smokeGallery.filter(({ isVariation }) => isVariation !== true);

describeWithMachines('what is said of broken packages', () => {
  verdictTests(kinds, { given: { engine: 'nspawn' }, env: () => ({}), timeout: 900_000 });
});
