import { describe, expect, test } from '@jest/globals';
import type { ResourceUse } from '@release-kit/machine';
import { phaseLine, phaseTable } from './phase-table.ts';
import { phaseUses } from './phase-use.ts';

const use = (change: Partial<ResourceUse> = {}): ResourceUse => ({
  cpuSeconds: 0,
  peakMemory: 0,
  diskRead: 0,
  diskWritten: 0,
  networkReceived: 0,
  networkSent: 0,
  ...change,
});

describe('phaseUses', () => {
  test('adds up what a phase took in several stretches, in the usual order of phases', () => {
    const uses = phaseUses([
      { phase: 'build', milliseconds: 10, from: use({ cpuSeconds: 1 }), to: use({ cpuSeconds: 1.25 }) },
      { phase: 'configure', milliseconds: 1000.4, from: use({ cpuSeconds: 1.25 }), to: use({ cpuSeconds: 2, diskWritten: 7 }) },
      { phase: 'build', milliseconds: 2000, from: use({ cpuSeconds: 2 }), to: use({ cpuSeconds: 6 }) },
    ]);
    expect(uses.map(({ phase, seconds, cpuSeconds, diskWritten }) => ({ phase, seconds, cpuSeconds, diskWritten }))).toEqual([
      { phase: 'configure', seconds: 1, cpuSeconds: 0.75, diskWritten: 7 },
      { phase: 'build', seconds: 2.01, cpuSeconds: 4.25, diskWritten: 0 },
    ]);
  });

  test('a peak belongs to the phase that raised it; for others it is unknown', () => {
    const uses = phaseUses([
      { phase: 'configure', milliseconds: 1, from: use(), to: use({ peakMemory: 50 }) },
      { phase: 'build', milliseconds: 1, from: use({ peakMemory: 50 }), to: use({ peakMemory: 90 }) },
      { phase: 'test', milliseconds: 1, from: use({ peakMemory: 90 }), to: use({ peakMemory: 90 }) },
    ]);
    expect(uses.map(({ peakMemory }) => peakMemory)).toEqual([50, 90, undefined]);
  });

  test('what is not counted is left out', () => {
    expect(phaseUses([{ phase: 'test', milliseconds: 5, from: undefined, to: undefined }])).toEqual([{ phase: 'test', seconds: 0.005 }]);
    const nothing = use({ cpuSeconds: undefined, peakMemory: undefined, diskRead: undefined, diskWritten: undefined });
    expect(phaseUses([{ phase: 'test', milliseconds: 5, from: nothing, to: nothing }])).toEqual([
      { phase: 'test', seconds: 0.005, networkReceived: 0, networkSent: 0 },
    ]);
  });
});

describe('the table of phases', () => {
  const phases = [
    { phase: 'dependencies', seconds: 3.04, networkReceived: 5_000_000 },
    { phase: 'build', seconds: 75, cpuSeconds: 140, peakMemory: 104_857_600, networkReceived: 0 },
  ];

  test('has the columns that were counted', () => {
    expect(phaseTable(phases).split('\n')).toEqual([
      '| phase | time | CPU | peak memory | received |',
      '| --- | ---: | ---: | ---: | ---: |',
      expect.stringMatching(/^\| `dependencies` \| 3\.0\u00a0s \| – \| – \| 5\.0\u00a0MB \|$/),
      expect.stringMatching(/^\| `build` \| 1\u00a0min\u00a015\u00a0s \| 2\u00a0min\u00a020\u00a0s \| 104\.9\u00a0MB \| – \|$/),
    ]);
  });

  test('is one line in the log, and nothing without phases', () => {
    expect(phaseLine(phases)).toBe('dependencies 3.0 s, build 1 min 15 s');
    expect(phaseTable([])).toBe('');
  });
});
