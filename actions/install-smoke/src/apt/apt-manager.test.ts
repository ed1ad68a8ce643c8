import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import type { MachineRun } from '../package-manager.ts';
import { aptManager } from './apt-manager.ts';

const set = { label: 'new', packages: [{ name: 'hello', version: '1.0', architecture: 'all', file: '/x.deb' }] };

test('the paths of packages are asked for once until something is installed or removed; the same versions again change nothing', async () => {
  await using host = await recordingHost();
  let asked = 0;
  const run: MachineRun = async (argv) => {
    if (argv.includes('paths')) asked += 1;
    return { exitCode: 0, stdout: '/usr/bin/hello\n\0\0', stderr: '' };
  };
  const request = { distribution: parseDistribution('debian:12'), architecture: 'amd64', packages: [] };
  const base = { key: 'base', root: '/base', layers: [], origin: 'cache', request } as const;
  const manager = aptManager({ host, base, engine: 'nspawn', timeout: 1000 });
  const paths = async (): Promise<number> => {
    expect(await manager.pathsOf(run, set)).toMatchObject([{ path: '/usr/bin/hello' }]);
    return asked;
  };
  await manager.install(run, set);
  expect(await paths()).toBe(1);
  expect(await paths()).toBe(1);
  await manager.reinstall(run, set);
  expect(await paths()).toBe(1);
  await manager.remove(run, set);
  expect(await paths()).toBe(2);
  await manager.install(run, set);
  expect(await paths()).toBe(3);
  await manager.purge(run, set);
  expect(await paths()).toBe(4);
});
