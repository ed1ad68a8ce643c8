import { architectureNames } from '@release-kit/config';
import { distributionNames } from '@release-kit/debian';
import type { UnstagedJob } from './stage.ts';

type Order = (a: UnstagedJob, b: UnstagedJob) => number;

/** By package, distribution and architecture, the latter two in the order of the documentation. */
export const byPlace: Order = (a, b) =>
  byText(a.package, b.package) ||
  rank(distributionNames, a.distribution) - rank(distributionNames, b.distribution) ||
  byText(a.distribution, b.distribution) ||
  rank(architectureNames, a.architecture) - rank(architectureNames, b.architecture);

/** The long ones first: where few run at once, none is left to run alone at the end. */
export const longFirst: Order = (a, b) => b.cost - a.cost || byPlace(a, b);

export const cheapFirst: Order = (a, b) => a.cost - b.cost || byPlace(a, b);

/** In the order of code units, which no locale changes. */
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function rank(names: readonly string[], name: string): number {
  const index = names.indexOf(name);
  return index === -1 ? names.length : index;
}
