import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { architectureOf } from '@release-kit/cross';
import { describeToolchain } from './toolchain.ts';

const own = architectureOf('amd64');
const arm64 = { own, target: architectureOf('arm64'), runsItself: false, emulator: undefined };

test('a cross toolchain is described in files and in variables, the second time in the same bytes', async () => {
  await using host = await recordingHost();
  const described = await describeToolchain(host, arm64, true);
  const folder = join(host.files.cache, 'toolchains/arm64');
  expect(described).toEqual({
    environment: join(folder, 'environment.sh'),
    cmake: join(folder, 'toolchain.cmake'),
    meson: join(folder, 'meson-cross.ini'),
  });
  const texts = () =>
    Promise.all(['environment.sh', 'meson-cross.ini', 'toolchain.cmake'].map((name) => readFile(join(folder, name), 'utf8')));
  const first = await texts();
  expect(host.recorded.exported.get('CC')).toBe('aarch64-linux-gnu-gcc');
  expect(host.recorded.exported.get('CMAKE_TOOLCHAIN_FILE')).toBe(described.cmake);
  for (const [name, value] of host.recorded.exported) expect(first[0]).toContain(`export ${name}='${value}'\n`);
  await describeToolchain(host, arm64, true);
  expect(await texts()).toEqual(first);
  expect((await readdir(folder)).sort()).toEqual(['environment.sh', 'meson-cross.ini', 'toolchain.cmake']);
});

test('a native one needs no files, and nothing is set for later steps unless that is wanted', async () => {
  await using host = await recordingHost();
  const described = await describeToolchain(host, { own, target: own, runsItself: true, emulator: undefined }, false);
  expect(described).toMatchObject({ cmake: undefined, meson: undefined });
  expect(host.recorded.exported.size).toBe(0);
  expect(await readFile(described.environment, 'utf8')).toContain("export CC='x86_64-linux-gnu-gcc'\n");
});
