import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { hostLimits, makeControlGroups, ownControlGroups, removeControlGroup, sweepControlGroups } from './control-group.ts';
import { machineName } from './machine-name.ts';
import { thisProcess } from './owner.ts';

describe('ownControlGroups', () => {
  test("of the older layout: systemd's own hierarchy, those that limit, and the unified one; no other controllers", () => {
    const mounts =
      'cgroup /sys/fs/cgroup/cpu cgroup rw,cpu 0 0\ncgroup /sys/fs/cgroup/pids,rdma cgroup rw,pids,rdma 0 0\ncgroup /sys/fs/cgroup/systemd cgroup rw,name=systemd 0 0\ncgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0\n';
    expect(ownControlGroups(mounts, '7:cpu:/c\n8:pids,rdma:/p\n9:name=systemd:/s\n0::/u\n')).toEqual([
      '/sys/fs/cgroup/pids,rdma/p',
      '/sys/fs/cgroup/systemd/s',
      '/sys/fs/cgroup/unified/u',
    ]);
  });

  test('of the unified layout: below our own group', () => {
    expect(ownControlGroups('cgroup2 /sys/fs/cgroup cgroup2 rw,nsdelegate 0 0\n', '0::/user.slice/a:b.scope\n')).toEqual([
      '/sys/fs/cgroup/user.slice/a:b.scope',
    ]);
  });

  test('none where there is no mount, or our group lies outside of what is mounted', () => {
    expect(ownControlGroups('', '0::/\n')).toEqual([]);
    expect(ownControlGroups('cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n', '0::/../other\n')).toEqual([]);
  });
});

test('a removed group takes the groups below it along; one that is gone already is no error', async () => {
  await using host = await recordingHost();
  const folder = join(host.files.workspace, 'group');
  await mkdir(join(folder, 'payload', 'init.scope'), { recursive: true });
  expect(await removeControlGroup(folder)).toBe(true);
  expect(existsSync(folder)).toBe(false);
  expect(await removeControlGroup(folder)).toBe(false);
});

test('real groups are made where this user may, with their limits where the controllers are, and removed', async () => {
  const made = await makeControlGroups(`release-kit-test-${process.pid}`, { tasks: 77, memory: 64 * 1024 * 1024 });
  for (const folder of made) {
    expect(existsSync(join(folder, 'cgroup.procs'))).toBe(true);
    if (existsSync(join(folder, 'pids.max'))) expect(await readFile(join(folder, 'pids.max'), 'utf8')).toBe('77\n');
    for (const file of ['memory.max', 'memory.limit_in_bytes'])
      if (existsSync(join(folder, file))) expect(await readFile(join(folder, file), 'utf8')).toBe('67108864\n');
    await removeControlGroup(folder);
    expect(existsSync(folder)).toBe(false);
  }
  if (process.getuid?.() === 0) expect(made.length).toBeGreaterThan(0);
});

test('the limits of a host leave room for the host', async () => {
  const { tasks, memory } = await hostLimits();
  expect(tasks).toBeGreaterThan(1000);
  expect(tasks).toBeLessThanOrEqual(16_384);
  expect(memory).toBeLessThan(totalmem());
  expect(memory).toBeGreaterThan(0);
});

test('groups of a process that was killed are swept, those of a living one stay', async () => {
  const limits = { tasks: 77, memory: 64 * 1024 * 1024 };
  // Below groups of this test: tests beside this one sweep those of the host.
  const parents = await makeControlGroups(`release-kit-test-sweep-${process.pid}`, limits);
  const make = async (name: string): Promise<string[]> => {
    const made = parents.map((parent) => join(parent, name));
    for (const folder of made) await mkdir(folder);
    return made;
  };
  const dead = await make(machineName({ ...thisProcess(), started: '1' }));
  const alive = await make(machineName());
  expect(await sweepControlGroups(parents)).toEqual(dead);
  expect(await sweepControlGroups(parents)).toEqual([]);
  expect(dead.filter(existsSync)).toEqual([]);
  expect(alive.filter((folder) => !existsSync(folder))).toEqual([]);
  for (const folder of parents) await removeControlGroup(folder);
});
