import { describeWithMachines } from '../support/machine-host.ts';
import { smokeGallery } from '../support/smoke-gallery/gallery.ts';
import { verdictTests } from '../support/smoke-gallery/verdicts-test.ts';

/** Those that are much like others; the others are in test/integration. */
const variations = smokeGallery.filter(({ isVariation }) => isVariation === true);

describeWithMachines('what is said of further broken packages', () => {
  verdictTests(variations, { given: { engine: 'nspawn' }, env: () => ({}), timeout: 1_800_000 });
});
