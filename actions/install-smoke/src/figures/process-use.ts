import type { MachineRun } from '../package-manager.ts';

/** What the processes of units use at one moment. */
export interface ProcessUse {
  /** Resident bytes; what processes share is counted once (proportional set size, proc(5)). */
  readonly memory: number;
  /** Nanoseconds of processor time so far, by process. */
  readonly processor: ReadonlyMap<string, number>;
}

// One program reads all of it: asking for each process by itself would cost more than what is measured.
const argv = ['/bin/sh', '-c', 'exec grep -s "" /proc/[0-9]*/cgroup /proc/[0-9]*/schedstat /proc/[0-9]*/smaps_rollup'] as const;

/** Asks the kernel of a booted machine for the processes of these units. */
export async function readProcessUse(run: MachineRun, units: readonly string[]): Promise<ProcessUse> {
  // 2: a process ended while it was looked at.
  const { stdout } = await run([...argv], { allow: 'any', timeout: 60_000, env: { LC_ALL: 'C' } });
  return parseProcessUse(stdout, new Set(units));
}

/** Reads lines of `/proc/<pid>/<file>:<line>`: cgroup(7), `schedstat` (nanoseconds on a processor first) and `smaps_rollup` (kB). */
export function parseProcessUse(text: string, units: ReadonlySet<string>): ProcessUse {
  const ours = new Set<string>();
  const pss = new Map<string, number>();
  const processor = new Map<string, number>();
  for (const line of text.split('\n')) {
    const [, pid = '', file, value = ''] = /^\/proc\/(\d+)\/(\w+):(.*)$/.exec(line) ?? [];
    switch (file) {
      case 'cgroup':
        if (value.split('/').some((part) => units.has(part))) ours.add(pid);
        break;
      case 'schedstat':
        processor.set(pid, Number(/^\d+/.exec(value)?.[0] ?? 0));
        break;
      case 'smaps_rollup': {
        const kilobytes = /^Pss:\s+(\d+) kB$/.exec(value)?.[1];
        if (kilobytes !== undefined) pss.set(pid, Number(kilobytes) * 1024);
        break;
      }
    }
  }
  const memory = [...ours].reduce((sum, pid) => sum + (pss.get(pid) ?? 0), 0);
  return { memory, processor: new Map([...processor].filter(([pid]) => ours.has(pid))) };
}

/** Share of one processor that was used between two looks; processes that came or went in between are not counted. */
export function processorShare(before: ProcessUse, after: ProcessUse, milliseconds: number): number {
  let nanoseconds = 0;
  for (const [pid, used] of after.processor) {
    const earlier = before.processor.get(pid);
    if (earlier !== undefined) nanoseconds += used - earlier;
  }
  return milliseconds <= 0 ? 0 : nanoseconds / (milliseconds * 1_000_000);
}
