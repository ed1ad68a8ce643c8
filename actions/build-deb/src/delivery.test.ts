import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { readManifest, verifyFiles } from '@release-kit/manifest';
import { deliver, describeProducts, stageIn } from './delivery.ts';

const build = { source: 'xx', version: '1:1.0', architecture: 'amd64', distribution: 'debian:12', sourceDateEpoch: 7 };
const fields = { package: 'xx-data', version: '1:1.0+b1', architecture: 'all' };

test('files come to their final names with the manifest, other files stay, the stage goes', async () => {
  await using host = await recordingHost();
  const output = join(host.files.workspace, 'deep/out');
  {
    await using stage = stageIn(output);
    await mkdir(stage.path, { recursive: true });
    await writeFile(join(output, 'manifest.json'), 'old');
    await writeFile(join(output, 'other_1_all.deb'), 'of another package');
    for (const name of ['xx-data_1.0+b1_all.deb', 'xx_1.0.dsc', 'xx_1.0.tar.xz', 'xx_1.0_amd64.changes', 'unlisted'])
      await writeFile(join(stage.path, name), name);
    const manifest = await describeProducts(
      stage.path,
      [
        { kind: 'deb', name: 'xx-data_1.0+b1_all.deb', fields },
        { kind: 'dsc', name: 'xx_1.0.dsc', fields: undefined },
        { kind: 'source', name: 'xx_1.0.tar.xz', fields: undefined },
        { kind: 'changes', name: 'xx_1.0_amd64.changes', fields: undefined },
      ],
      build,
    );
    expect(manifest.files.map((file) => [file.package, file.version, file.architecture])).toEqual([
      ['xx-data', '1:1.0+b1', 'all'],
      ['xx', '1:1.0', 'source'],
      ['xx', '1:1.0', 'source'],
      ['xx', '1:1.0', 'amd64'],
    ]);
    const digest = await deliver(stage.path, output, manifest);
    const read = await readManifest(join(output, 'manifest.json'), { digest });
    expect(read).toMatchObject({ schema: 1, sourceDateEpoch: 7, sources: [{ package: 'xx', version: '1:1.0' }] });
    await verifyFiles(read, output);
  }
  expect((await readdir(output)).sort()).toEqual([
    'manifest.json',
    'other_1_all.deb',
    'xx-data_1.0+b1_all.deb',
    'xx_1.0.dsc',
    'xx_1.0.tar.xz',
    'xx_1.0_amd64.changes',
  ]);
});

test('a stage that is left in the middle leaves the output as it was', async () => {
  await using host = await recordingHost();
  const output = join(host.files.workspace, 'out');
  await expect(
    (async () => {
      await using stage = stageIn(output);
      await mkdir(stage.path, { recursive: true });
      await writeFile(join(output, 'manifest.json'), 'old');
      await describeProducts(stage.path, [{ kind: 'deb', name: 'missing.deb', fields }], build);
    })(),
  ).rejects.toThrowWithCode('E_MANIFEST');
  expect(await readdir(output)).toEqual(['manifest.json']);
  expect(await readFile(join(output, 'manifest.json'), 'utf8')).toBe('old');
});
