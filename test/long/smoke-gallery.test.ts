import { describeWithMachines } from '../support/machine-host.ts';
import { longGallery } from '../support/smoke-gallery/gallery.ts';
import { verdictTests } from '../support/smoke-gallery/verdicts-test.ts';

// The others are in test/integration.
describeWithMachines('what is said of further broken packages', () => {
  verdictTests(longGallery, { given: { engine: 'nspawn' }, env: () => ({}), timeout: 1_800_000 });
});
