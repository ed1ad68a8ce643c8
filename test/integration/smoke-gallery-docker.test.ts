/** @in-turn docker: a Docker daemon changes the packet filter of the host, and puts it back. */
import { dockerVerdicts } from '../support/smoke-gallery/docker-verdicts.ts';
import { smokeGallery } from '../support/smoke-gallery/gallery.ts';

/** One of each part; all of them are in test/long. */
const some = ['conffile-overwritten', 'dies-after-2-s', 'hostile-names-left', 'postinst-hangs', 'world-writable'];

dockerVerdicts(
  smokeGallery.filter(({ name }) => some.includes(name)),
  600_000,
);
