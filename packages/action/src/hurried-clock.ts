import type { Clock } from './host.ts';

export interface HurriedClock extends Clock {
  /** Each wait in milliseconds, in the order they began. */
  readonly pauses: readonly number[];
}

/** For tests of what waits: a wait takes no time, and afterwards the clock shows that it has passed. */
export function hurriedClock(): HurriedClock {
  const pauses: number[] = [];
  let skipped = 0;
  return {
    pauses,
    now: () => Date.now() + skipped,
    async sleep(milliseconds) {
      pauses.push(milliseconds);
      skipped += milliseconds;
    },
  };
}
