import { type BuildPhase, buildPhases } from '@release-kit/debian';
import type { ResourceUse } from '@release-kit/machine';
import type { PhaseUse } from '@release-kit/manifest';

/** One uninterrupted time in a phase; the counters of its machine at both ends. */
export interface Stint {
  readonly phase: BuildPhase;
  readonly milliseconds: number;
  readonly from: ResourceUse | undefined;
  readonly to: ResourceUse | undefined;
}

/** What each phase took, in the usual order of phases. What is not counted on this host is left out. */
export function phaseUses(stints: readonly Stint[]): readonly PhaseUse[] {
  return buildPhases.flatMap((phase) => {
    const own = stints.filter((stint) => stint.phase === phase);
    return own.length === 0 ? [] : [useOf(phase, own)];
  });
}

function useOf(phase: BuildPhase, stints: readonly Stint[]): PhaseUse {
  const sum = (pick: (use: ResourceUse) => number | undefined): number | undefined => {
    const parts = stints.map(({ from, to }) =>
      difference(from === undefined ? undefined : pick(from), to === undefined ? undefined : pick(to)),
    );
    return parts.every((part) => part === undefined) ? undefined : parts.reduce<number>((total, part) => total + (part ?? 0), 0);
  };
  const cpuSeconds = rounded(sum((use) => use.cpuSeconds));
  const peakMemory = stints
    .map(risenPeak)
    .reduce<number | undefined>((most, peak) => (peak === undefined ? most : Math.max(most ?? 0, peak)), undefined);
  const bytes = {
    diskRead: sum((use) => use.diskRead),
    diskWritten: sum((use) => use.diskWritten),
    networkReceived: sum((use) => use.networkReceived),
    networkSent: sum((use) => use.networkSent),
  };
  return {
    phase,
    seconds: rounded(stints.reduce((total, { milliseconds }) => total + milliseconds, 0) / 1000) ?? 0,
    ...(cpuSeconds === undefined ? {} : { cpuSeconds }),
    ...(peakMemory === undefined ? {} : { peakMemory }),
    ...present(bytes),
  };
}

/** The kernel keeps one peak for the life of a machine: a phase that did not raise it had a lower one, nobody knows which. */
function risenPeak({ from, to }: Stint): number | undefined {
  const [before, after] = [from?.peakMemory, to?.peakMemory];
  return after === undefined || (before !== undefined && after <= before) ? undefined : after;
}

function difference(before: number | undefined, after: number | undefined): number | undefined {
  return before === undefined || after === undefined ? undefined : Math.max(0, after - before);
}

function rounded(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : Math.round(seconds * 1000) / 1000;
}

function present<K extends string>(values: Readonly<Record<K, number | undefined>>): Partial<Record<K, number>> {
  const found: Partial<Record<K, number>> = {};
  for (const key in values) if (values[key] !== undefined) found[key] = values[key];
  return found;
}
