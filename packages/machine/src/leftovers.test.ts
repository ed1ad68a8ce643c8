import { existsSync } from 'node:fs';
import { chown, mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { instanceRecord, sweepLeftovers } from './leftovers.ts';
import { machineName } from './machine-name.ts';
import { thisProcess } from './owner.ts';

test('folders of machines whose process is gone are removed, and nothing else', async () => {
  await using host = await recordingHost();
  await using probe = await host.files.temporary('machine');
  const parent = dirname(probe.path);
  const put = async (name: string, record: unknown): Promise<string> => {
    const folder = join(parent, name);
    await mkdir(join(folder, 'upper', 'etc'), { recursive: true });
    if (record !== undefined)
      await writeFile(join(folder, instanceRecord.file), typeof record === 'string' ? record : JSON.stringify(record));
    return folder;
  };
  const dead = { ...thisProcess(), started: '1' };
  const precious = join(host.files.workspace, 'release-kit-0123456789ab');
  await mkdir(precious);
  const gone = [
    await put('release-kit-machine-dead', { owner: dead, cgroups: [] }),
    await put('release-kit-machine-evil', { owner: dead, cgroups: [precious, '/sys/fs/cgroup/../../etc/release-kit-0123456789ab', 7] }),
  ];
  gone.push(await put('release-kit-machine-docker', { owner: dead, cgroups: [], machine: 'release-kit-1-1-0123456789ab' }));
  gone.push(await put('release-kit-machine-option', { owner: dead, cgroups: [], machine: '--all' }));
  const forgotten = join(parent, 'release-kit-machine-forgotten');
  await mkdir(forgotten);
  await utimes(forgotten, 1, 1);
  gone.push(forgotten);
  const foreign = await put('release-kit-machine-foreign', { owner: dead, cgroups: [] });
  if (process.getuid?.() === 0) await chown(foreign, 4711, 4711);
  else gone.push(foreign);
  const young = join(parent, 'release-kit-machine-young');
  await mkdir(young);
  const kept = [
    ...(process.getuid?.() === 0 ? [foreign] : []),
    young,
    await put('release-kit-machine-alive', instanceRecord.text([])),
    await put('release-kit-machine-new', undefined),
    await put('release-kit-machine-odd', '{'),
    await put('release-kit-machine-list', '[]'),
    await put('release-kit-machine-noowner', { owner: {}, cgroups: [] }),
    await put('release-kit-other-dead', { owner: dead, cgroups: [] }),
  ];
  const groups = join(host.files.workspace, 'groups'); // not those of this host, where other runs may have left some
  const group = join(groups, machineName(dead));
  await mkdir(join(group, 'payload'), { recursive: true });
  await mkdir(join(groups, machineName()));
  kept.push(join(groups, 'unrelated'));
  await mkdir(join(groups, 'unrelated'));
  gone.push(group);
  const swept = await Promise.all([1, 2, 3].map(() => sweepLeftovers(host, [groups])));
  expect(swept.flat().sort()).toEqual(gone.sort()); // each told once, although three looked at the same time
  expect(gone.filter(existsSync)).toEqual([]);
  expect(kept.filter((folder) => !existsSync(folder))).toEqual([]);
  expect(existsSync(precious)).toBe(true);
});
