import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { makeControlGroups, ownControlGroups, removeControlGroup } from './control-group.ts';

describe('ownControlGroups', () => {
  test("of the older layout: systemd's own hierarchy and the unified one, no controllers", () => {
    const mounts =
      'cgroup /sys/fs/cgroup/pids cgroup rw,pids 0 0\ncgroup /sys/fs/cgroup/systemd cgroup rw,name=systemd 0 0\ncgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0\n';
    expect(ownControlGroups(mounts, '8:pids:/p\n9:name=systemd:/s\n0::/u\n')).toEqual([
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
  await removeControlGroup(folder);
  expect(existsSync(folder)).toBe(false);
  await removeControlGroup(folder);
});

test('real groups are made where this user may, and removed', async () => {
  const made = await makeControlGroups(`release-kit-test-${process.pid}`);
  for (const folder of made) {
    expect(existsSync(join(folder, 'cgroup.procs'))).toBe(true);
    await removeControlGroup(folder);
    expect(existsSync(folder)).toBe(false);
  }
  if (process.getuid?.() === 0) expect(made.length).toBeGreaterThan(0);
});
