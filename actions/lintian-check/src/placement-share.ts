import type { Placed } from './placed.ts';

/** How many findings stand on the very line that causes them, or on the file where all of it does. */
export interface PlacementShare {
  readonly exact: number;
  readonly all: number;
}

/** Counts what is to be acted on: findings that are overridden, masked or mere classification have no place to be right about. */
export function placementShare(placed: readonly Placed[]): PlacementShare {
  const open = placed.filter(({ finding }) => finding.status === 'open' && finding.hint.severity !== 'classification');
  return { exact: open.filter(({ location }) => location?.exact === true).length, all: open.length };
}

/** `41 of 44 findings stand on the line or file that causes them`; undefined where there is nothing to place. */
export function placementLine(placed: readonly Placed[]): string | undefined {
  const { exact, all } = placementShare(placed);
  if (all === 0) return undefined;
  return all === 1
    ? `the finding stands ${exact === 1 ? 'on the line or file that causes it' : 'near its cause'}`
    : `${exact} of ${all} findings stand on the line or file that causes them`;
}
