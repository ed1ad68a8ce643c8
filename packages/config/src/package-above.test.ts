import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { temporaryFolder } from '@release-kit/action';
import { aboveWords, packageAbove } from './package-above.ts';

test('the nearest folder above that holds a package is told, and neither the folder itself nor a folder called control', async () => {
  await using folder = await temporaryFolder('/tmp', 'above-test');
  const at = (...names: readonly string[]) => join(folder.path, ...names);
  await mkdir(at('project/src/deep'), { recursive: true });
  await mkdir(at('project/debian'));
  await writeFile(at('project/debian/control'), '');
  await mkdir(at('project/src/debian/control'), { recursive: true });
  expect(await packageAbove(at('project/src/deep'))).toBe('../..');
  expect(await packageAbove(at('project/debian'))).toBe('..');
  expect(await packageAbove(at('project'))).toBeUndefined();
  expect(await aboveWords(at('project/debian'))).toBe('The folder .. above it holds debian/control: go there, or name that one. ');
  expect(await aboveWords(at('project'))).toBe('');
});
