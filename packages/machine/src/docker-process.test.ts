import { expect, test } from '@jest/globals';
import { processIn } from './docker-process.ts';

const id = 'f633c556d539'.padEnd(64, '0');
const mounts = [
  'cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0',
  'memory /sys/fs/cgroup/memory cgroup rw,memory 0 0',
  'systemd /sys/fs/cgroup/systemd cgroup rw,name=systemd 0 0',
].join('\n');

test('a process is the container’s when its control groups are', () => {
  expect(processIn(7, id, mounts, `4:memory:/docker/${id}\n1:name=systemd:/docker/${id}\n0::/\n`)).toEqual({
    pid: 7,
    cgroups: [`/sys/fs/cgroup/memory/docker/${id}`, `/sys/fs/cgroup/systemd/docker/${id}`],
  });
  expect(processIn(7, id, 'cgroup2 /sys/fs/cgroup cgroup2 rw 0 0', `0::/system.slice/docker-${id}.scope\n`)?.cgroups).toEqual([
    `/sys/fs/cgroup/system.slice/docker-${id}.scope`,
  ]);
});

test('the same number on another host is another process', () => {
  expect(processIn(7, id, mounts, '4:memory:/user.slice\n0::/\n')).toBeUndefined();
  expect(processIn(7, id, mounts, '')).toBeUndefined();
});
