import { chownSync, lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { giveBack, invokerOf } from './ownership.ts';
import { temporaryFolder } from './temporary.ts';

test.each([
  [
    { SUDO_UID: '1001', SUDO_GID: '100' },
    { uid: 1001, gid: 100 },
  ],
  [{ SUDO_UID: '1001' }, undefined],
  [{ SUDO_UID: '-1', SUDO_GID: '100' }, undefined],
  [{ SUDO_UID: '', SUDO_GID: '' }, undefined],
])('%j called sudo', (env, owner) => {
  expect(invokerOf(env)).toEqual(owner);
});

const asRoot = process.getuid?.() === 0 || process.env['CI'] !== undefined ? test : test.skip;

asRoot('what root made is given back; what is older, of others, or behind a link is not', async () => {
  await using folder = await temporaryFolder('/tmp', 'ownership');
  const at = (name: string): string => join(folder.path, name);
  const ownerOf = (name: string): number => lstatSync(at(name)).uid;
  for (const name of ['tree', 'elsewhere', 'tree/old']) mkdirSync(at(name));
  for (const name of ['tree/old/file', 'elsewhere/file']) writeFileSync(at(name), '');
  await new Promise((resolve) => setTimeout(resolve, 150));
  const since = Date.now();
  mkdirSync(at('tree/new'));
  for (const name of ['tree/new/file', 'tree/of-another']) writeFileSync(at(name), '');
  chownSync(at('tree/of-another'), 4713, 4713);
  symlinkSync('../elsewhere', at('tree/link'));
  await giveBack(at('tree'), { uid: 4711, gid: 4712 }, since);
  expect(['tree', 'tree/new', 'tree/new/file', 'tree/link'].map(ownerOf)).toEqual([4711, 4711, 4711, 4711]);
  expect(lstatSync(at('tree/new/file')).gid).toBe(4712);
  expect(['tree/old', 'tree/old/file', 'elsewhere', 'elsewhere/file'].map(ownerOf)).toEqual([0, 0, 0, 0]);
  expect(ownerOf('tree/of-another')).toBe(4713);
  await expect(giveBack(at('nowhere'), { uid: 4711, gid: 4712 }, since)).resolves.toBeUndefined();
});
