import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readInputs, recordingHost } from '@release-kit/action';
import { readSettings } from './settings.ts';
import { spec } from './spec.ts';

test('the section release is that of the nearest folder, as of lint and smoke, unless a file is named', async () => {
  await using host = await recordingHost();
  const { workspace } = host.files;
  await mkdir(join(workspace, 'packages/a'), { recursive: true });
  const write = (path: string, channel: string) =>
    writeFile(join(workspace, path), `release: { draft: false, channels: { "v*": ${channel} } }\n`);
  const asked = async (given: Readonly<Record<string, string>>) => {
    const all = { tag: 'v1.0.0', destination: 'github', ...given };
    const { channel, publish } = await readSettings(readInputs(spec, all, { workspace, nameOf: (name) => name }), host);
    return { channel, publish };
  };

  expect(await asked({ source: 'packages/a' })).toEqual({ channel: 'stable', publish: false });
  await write('release-kit.yml', 'root');
  expect(await asked({ source: 'packages/a' })).toEqual({ channel: 'root', publish: true });
  await write('packages/release-kit.yml', 'middle');
  expect(await asked({ source: 'packages/a' })).toEqual({ channel: 'middle', publish: true });
  expect(await asked({})).toEqual({ channel: 'root', publish: true });
  await write('packages/other.yml', 'named');
  expect(await asked({ source: 'packages/a', config: 'packages/other.yml' })).toEqual({ channel: 'named', publish: true });
});
