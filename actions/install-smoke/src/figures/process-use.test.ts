import { expect, test } from '@jest/globals';
import { type ProcessUse, parseProcessUse, processorShare } from './process-use.ts';

// As a machine of Debian 12 printed it, shortened: cgroup of the old kind and of the new one, workers in a group below the unit.
const sample = `/proc/1/cgroup:4:memory:/
/proc/1/cgroup:0::/init.scope
/proc/19/cgroup:0::/system.slice/systemd-journald.service
/proc/41/cgroup:0::/system.slice/web.service
/proc/42/cgroup:9:name=systemd:/system.slice/web.service/worker
/proc/43/cgroup:0::/system.slice/system-web.slice/web@a.service
/proc/1/schedstat:150008953 54781059 343
/proc/19/schedstat:9000000 1 1
/proc/41/schedstat:1000000 54781059 343
/proc/42/schedstat:2000000 1 1
/proc/43/schedstat:4000000 1 1
/proc/1/smaps_rollup:561c1a8b6000-7ffd8cb77000 ---p 00000000 00:00 0                          [rollup]
/proc/1/smaps_rollup:Rss:               11552 kB
/proc/1/smaps_rollup:Pss:                6306 kB
/proc/41/smaps_rollup:Rss:               9000 kB
/proc/41/smaps_rollup:Pss:                100 kB
/proc/41/smaps_rollup:Pss_Dirty:         9999 kB
/proc/42/smaps_rollup:Pss:                 50 kB
`;

test('processes belong to the unit in whose control group, or below it, they are', () => {
  const { memory, processor } = parseProcessUse(sample, new Set(['web.service']));
  expect(memory).toBe(150 * 1024);
  expect([...processor]).toEqual([
    ['41', 1_000_000],
    ['42', 2_000_000],
  ]);
  expect(parseProcessUse(sample, new Set(['web@a.service'])).processor.size).toBe(1);
});

test('a process that gave no numbers counts as nothing, and a name inside another one is no match', () => {
  expect(parseProcessUse('/proc/7/cgroup:0::/system.slice/web.service\n', new Set(['web.service']))).toEqual({
    memory: 0,
    processor: new Map(),
  });
  expect(parseProcessUse(sample, new Set(['eb.service'])).memory).toBe(0);
});

test('the share of a processor is that of the processes which were there all the time', () => {
  const use = (...processor: [string, number][]): ProcessUse => ({ memory: 0, processor: new Map(processor) });
  expect(processorShare(use(['1', 5_000_000], ['2', 9]), use(['1', 25_000_000], ['3', 900_000_000]), 1000)).toBeCloseTo(0.02);
  expect(processorShare(use(['1', 5]), use(['1', 6]), 0)).toBe(0);
});
