import type { BrokenPackage } from './broken-package.ts';
import { installing } from './installing.ts';
import { placing } from './placing.ts';
import { removing } from './removing.ts';
import { serving } from './serving.ts';
import { upgrading } from './upgrading.ts';

/** Every kind of broken package that install-smoke has a verdict on, by name. */
export const smokeGallery: readonly BrokenPackage[] = [...installing, ...serving, ...placing, ...upgrading, ...removing].sort((a, b) =>
  a.name < b.name ? -1 : 1,
);

/** What only the gallery shows, one of each kind: the short tests. */
export const shortGallery = smokeGallery.filter(({ isVariation, shownBy }) => isVariation !== true && shownBy === undefined);

/** What is much like others, or shown by another short test as well: the long tests. */
export const longGallery = smokeGallery.filter((broken) => !shortGallery.includes(broken));
