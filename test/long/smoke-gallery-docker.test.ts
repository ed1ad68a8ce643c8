import { dockerVerdicts } from '../support/smoke-gallery/docker-verdicts.ts';
import { smokeGallery } from '../support/smoke-gallery/gallery.ts';

dockerVerdicts(smokeGallery, 1_800_000);
