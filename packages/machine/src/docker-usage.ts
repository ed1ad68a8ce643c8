import { readFile } from 'node:fs/promises';
import type { Container } from './docker-vessel.ts';
import { type ResourceUse, readUse, type Traffic, trafficOf } from './resource-use.ts';

/** Counts what the containers of a machine have used, one after the other. */
export interface DockerMeter {
  /** Takes the counters of a container that is about to end. */
  keep(container: Container): Promise<void>;
  /** Counts what goes over the container's interfaces while `body` runs; they come and go with the network. */
  traffic<T>(container: Container, body: () => Promise<T>): Promise<T>;
  /** undefined when nothing can be counted: the daemon runs on another host. */
  total(current: Container | undefined): Promise<ResourceUse | undefined>;
}

const none: ResourceUse = {
  cpuSeconds: undefined,
  peakMemory: undefined,
  diskRead: undefined,
  diskWritten: undefined,
  networkReceived: 0,
  networkSent: 0,
};

export function dockerMeter(): DockerMeter {
  let ended: ResourceUse = none;
  let traffic: Traffic = { received: 0, sent: 0 };
  const now = async (container: Container): Promise<Traffic> =>
    trafficOf(await readFile(`/proc/${container.init?.pid}/net/dev`, 'utf8').catch(() => ''));
  const read = async ({ init, lifeline }: Container): Promise<ResourceUse> =>
    init === undefined || lifeline.hasEnded() ? none : readUse(init.cgroups, { received: 0, sent: 0 });
  return {
    async keep(container) {
      ended = together(ended, await read(container));
    },
    async traffic(container, body) {
      const before = await now(container);
      try {
        return await body();
      } finally {
        const after = await now(container);
        traffic = {
          received: traffic.received + Math.max(0, after.received - before.received),
          sent: traffic.sent + Math.max(0, after.sent - before.sent),
        };
      }
    },
    async total(current) {
      if (current === undefined || current.init === undefined) return undefined;
      return { ...together(ended, await read(current)), networkReceived: traffic.received, networkSent: traffic.sent };
    },
  };
}

/** Of containers that ran one after the other: times and bytes add up, the peak is the higher one. */
export function together(a: ResourceUse, b: ResourceUse): ResourceUse {
  const with_ = (join: (x: number, y: number) => number, x: number | undefined, y: number | undefined): number | undefined =>
    x === undefined ? y : y === undefined ? x : join(x, y);
  const sum = (x: number, y: number): number => x + y;
  return {
    cpuSeconds: with_(sum, a.cpuSeconds, b.cpuSeconds),
    peakMemory: with_(Math.max, a.peakMemory, b.peakMemory),
    diskRead: with_(sum, a.diskRead, b.diskRead),
    diskWritten: with_(sum, a.diskWritten, b.diskWritten),
    networkReceived: a.networkReceived + b.networkReceived,
    networkSent: a.networkSent + b.networkSent,
  };
}
