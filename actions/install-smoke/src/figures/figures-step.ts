import type { Session } from '../session.ts';
import type { Finding } from '../steps.ts';
import type { UnitResult } from '../units/services.ts';
import { slowestActivation } from './activation.ts';
import { figuresText } from './figure-text.ts';
import { type ProcessUse, processorShare, readProcessUse } from './process-use.ts';

/** Milliseconds over which processor use is measured at least. */
const shortest = 1000;

/** A look at the units at the beginning of their rest. */
export interface Rest {
  readonly use: ProcessUse;
  readonly since: number;
  readonly units: readonly string[];
}

const nothingUsed: ProcessUse = { memory: 0, processor: new Map() };

/** Notes how long the units took to become active, and begins to watch them while they have nothing to do. */
export async function beginRest({ host, run, measure }: Session, units: readonly UnitResult[]): Promise<Rest> {
  const names = units.filter(({ outcome }) => outcome === 'up').map(({ unit }) => unit);
  const services = names.filter((name) => name.endsWith('.service'));
  // In an emulated machine a question costs half a second.
  if (names.length === 0) return { units: names, use: nothingUsed, since: host.clock.now() };
  const [active, use] = await Promise.all([slowestActivation(run, services), readProcessUse(run, names)]);
  if (active !== undefined) measure({ active });
  return { units: names, use, since: host.clock.now() };
}

/** What they needed until now; what happens in between must not be work for them. `measuring`: ends when the other figures are known. */
export async function measureRest({ host, run, measure }: Session, rest: Rest, measuring?: Promise<unknown>): Promise<Finding> {
  if (rest.use.processor.size === 0) {
    await measuring;
    return { note: figuresText(measure({})) };
  }
  const passed = host.clock.now() - rest.since;
  if (passed < shortest) await host.clock.sleep(shortest - passed);
  const use = await readProcessUse(run, rest.units);
  const processor = processorShare(rest.use, use, host.clock.now() - rest.since);
  await measuring;
  return { note: figuresText(measure({ memory: use.memory, processor })) };
}
