import type { Clock } from '@release-kit/action';

/** Time since something that may happen again. */
export interface Stopwatch {
  /** That something happened just now. */
  restart(): void;
  /** Since it happened last; before that, since the stopwatch was made. */
  milliseconds(): number;
}

export function stopwatch(clock: Clock): Stopwatch {
  let begin = clock.now();
  return {
    restart: () => {
      begin = clock.now();
    },
    milliseconds: () => clock.now() - begin,
  };
}
