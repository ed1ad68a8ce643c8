import { describeWithMachines } from '../support/machine-host.ts';
import { smokeGallery } from '../support/smoke-gallery/gallery.ts';
import { verdictTests } from '../support/smoke-gallery/verdicts-test.ts';

describeWithMachines('what is said of broken packages', () => {
  verdictTests(smokeGallery, { given: { engine: 'nspawn' }, env: () => ({}), timeout: 900_000 });
});
