import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a machine has used since it was made; a field is undefined where this host does not count it for us. */
export interface ResourceUse {
  /** Seconds of processor time, of all processors together. */
  readonly cpuSeconds: number | undefined;
  /** Bytes, the most at any moment; caches of files count, so a machine with less may do as well. */
  readonly peakMemory: number | undefined;
  /** Bytes; what came from or stayed in memory is not in it. */
  readonly diskRead: number | undefined;
  readonly diskWritten: number | undefined;
  /** Bytes over the host's own interfaces while a command had the network: others may have had their part in it. */
  readonly networkReceived: number;
  readonly networkSent: number;
}

export interface Traffic {
  readonly received: number;
  readonly sent: number;
}

/** Files of control groups, older layout and unified one: cgroups(7), Documentation/admin-guide/cgroup-v2.rst. */
const countingFiles = [
  'cpu.stat',
  'cpuacct.usage',
  'memory.peak',
  'memory.max_usage_in_bytes',
  'io.stat',
  'blkio.throttle.io_service_bytes_recursive',
] as const;

export type CountingFile = (typeof countingFiles)[number];

/** Reads the counters of a machine's groups. */
export async function readUse(cgroups: readonly string[], traffic: Traffic): Promise<ResourceUse> {
  const found: Partial<Record<CountingFile, string>> = {};
  for (const folder of cgroups) {
    for (const file of countingFiles) {
      // Which of them are there depends on the kernel and its controllers; one that is not counts nothing.
      const text = await readFile(join(folder, file), 'utf8').catch(() => undefined);
      if (text !== undefined) found[file] ??= text;
    }
  }
  return useOf(found, traffic);
}

/** The numbers in the counters' own formats. */
export function useOf(files: Readonly<Partial<Record<CountingFile, string>>>, traffic: Traffic): ResourceUse {
  const microseconds = numberIn(/^usage_usec (\d+)$/m, files['cpu.stat']);
  const nanoseconds = numberIn(/^(\d+)$/m, files['cpuacct.usage']);
  const legacy = files['blkio.throttle.io_service_bytes_recursive'];
  return {
    cpuSeconds: microseconds === undefined ? scaled(nanoseconds, 1e9) : scaled(microseconds, 1e6),
    peakMemory: numberIn(/^(\d+)$/m, files['memory.peak']) ?? numberIn(/^(\d+)$/m, files['memory.max_usage_in_bytes']),
    diskRead: sumIn(/\brbytes=(\d+)/g, files['io.stat']) ?? sumIn(/^\d+:\d+ Read (\d+)$/gm, legacy),
    // The older layout counts what a program waits for, which hardly any write is: its number would be near zero whatever was written.
    diskWritten: sumIn(/\bwbytes=(\d+)/g, files['io.stat']),
    networkReceived: traffic.received,
    networkSent: traffic.sent,
  };
}

function scaled(count: number | undefined, perSecond: number): number | undefined {
  return count === undefined ? undefined : count / perSecond;
}

function numberIn(pattern: RegExp, text: string | undefined): number | undefined {
  const digits = pattern.exec(text ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function sumIn(pattern: RegExp, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  let sum = 0;
  for (const [, digits] of text.matchAll(pattern)) sum += Number(digits);
  return sum;
}

/** Bytes over all interfaces but loopback, from the text of /proc/net/dev; proc(5). */
export function trafficOf(text: string): Traffic {
  let received = 0;
  let sent = 0;
  for (const line of text.split('\n')) {
    const [, name = '', counters = ''] = /^\s*([^\s:]+):(.*)$/.exec(line) ?? [];
    if (name === '' || name === 'lo') continue;
    const columns = counters.trim().split(/\s+/).map(Number);
    received += columns[0] ?? 0;
    sent += columns[8] ?? 0;
  }
  return { received, sent };
}

export interface TrafficMeter {
  readonly total: () => Traffic;
  /** Counts what goes over the host's interfaces while `body` runs. */
  measure<T>(body: () => Promise<T>): Promise<T>;
}

/** Counts the network of commands that have it. */
export function trafficMeter(): TrafficMeter {
  let total: Traffic = { received: 0, sent: 0 };
  const now = async (): Promise<Traffic> => trafficOf(await readFile('/proc/net/dev', 'utf8').catch(() => ''));
  return {
    total: () => total,
    async measure(body) {
      const before = await now();
      try {
        return await body();
      } finally {
        const after = await now();
        // An interface that went away takes its counters along.
        total = {
          received: total.received + Math.max(0, after.received - before.received),
          sent: total.sent + Math.max(0, after.sent - before.sent),
        };
      }
    },
  };
}
