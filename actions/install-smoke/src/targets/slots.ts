import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { MachineLimits } from '@release-kit/machine';

/** Room for so many pieces of work at a time. */
export interface Slots {
  readonly count: number;
  /** Starts `body` when one is free; who asks first comes first. */
  use<T>(body: () => Promise<T>): Promise<T>;
  /** Starts `body` at once when one is free, which then nobody waits for; undefined when none is. */
  spare<T>(body: () => Promise<T>): Promise<T> | undefined;
}

export function slots(count: number): Slots {
  let free = count;
  const waiting: (() => void)[] = [];
  const held = async <T>(body: () => Promise<T>): Promise<T> => {
    try {
      return await body();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
  return {
    count,
    async use(body) {
      if (free > 0) free -= 1;
      // Handed over by the one before, so that nobody slips in between.
      else await new Promise<void>((resolve) => waiting.push(resolve));
      return await held(body);
    },
    spare(body) {
      if (free === 0) return undefined;
      free -= 1;
      return held(body);
    },
  };
}

/** Bytes. systemd, apt and an ordinary service stay well below; what needs more is better tried alone. */
const perMachine = 768 * 1024 * 1024;
/** Far more than any service has, and few enough for systemd to end them all in time. */
const mostTasks = 2048;

/** What this host can give to machines. */
export interface Capacity {
  readonly processors: number;
  /** Bytes that are free now. */
  readonly memory: number;
  readonly tasks: number;
}

/** How many machines run at a time: what was asked for, else one for each processor, as long as there is memory for them. */
export function machinesAtATime(wanted: number | undefined, { processors, memory }: Capacity): number {
  return wanted ?? Math.max(1, Math.min(processors, Math.floor(memory / perMachine)));
}

/** What each of so many machines may use, so that all of them together leave something to the host. */
export function shareOf({ memory, tasks }: Capacity, machines: number): MachineLimits {
  return { memory: Math.floor((memory * 0.9) / machines), tasks: Math.min(mostTasks, Math.floor(tasks / 2 / machines)) };
}

/** Of the host as it is now, or of the control group that we are in. */
export function capacityHere(): Capacity {
  const tasks = Number(readFileSync('/proc/sys/kernel/threads-max', 'utf8'));
  return { processors: availableParallelism(), memory: process.availableMemory(), tasks };
}
