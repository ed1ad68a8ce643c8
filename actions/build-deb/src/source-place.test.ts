import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { sourcePlace } from './source-place.ts';

const tree = '/build/x-1.0';

test('places of the log become places of the checkout, and never of anything else', async () => {
  await using host = await recordingHost();
  const { workspace } = host.files;
  const source = join(workspace, 'pkg');
  await mkdir(join(source, 'src/inner'), { recursive: true });
  await writeFile(join(source, 'src/a.c'), '');
  await writeFile(join(source, 'a.c'), '');
  await symlink('/etc', join(source, 'outside'));
  await symlink('a.c', join(source, 'src/link.c'));
  const where = { source, workspace, tree };
  const lines = [
    "make[1]: Entering directory '/build/x-1.0/src'",
    'a.c:3:7: error: x',
    "make[1]: Leaving directory '/build/x-1.0/src'",
    'a.c:9: error: y',
  ];

  expect(await sourcePlace({ file: 'a.c', line: 3, column: 7 }, lines, where)).toEqual({ file: 'pkg/src/a.c', line: 3, column: 7 });
  expect(await sourcePlace({ file: 'a.c', line: 9 }, lines, where)).toEqual({ file: 'pkg/a.c', line: 9 });
  expect(await sourcePlace({ file: `${tree}/src/a.c` }, lines, where)).toEqual({ file: 'pkg/src/a.c' });
  expect(await sourcePlace({ file: '../src/a.c', line: 1 }, [], where)).toEqual({ file: 'pkg/src/a.c', line: 1 });
  for (const file of ['missing.c', 'src', 'src/link.c', 'outside/hostname', '/etc/hostname', '../../../../etc/hostname']) {
    expect(await sourcePlace({ file, line: 1 }, [], where)).toBeUndefined();
  }
  expect(await sourcePlace({ file: 'a.c' }, [], { ...where, source: undefined })).toBeUndefined();
  expect(await sourcePlace({ file: 'a.c' }, [], { ...where, workspace: join(workspace, 'elsewhere') })).toBeUndefined();
});
