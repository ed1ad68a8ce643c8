import { expect, test } from '@jest/globals';
import { readConfig } from '@release-kit/config';
import { withPrevious } from './previous-input.ts';

const roots = { workspace: '/tree', root: '/tree/project' };
const config = readConfig('smoke:\n  previous: distribution\n', 'release-kit.yml');

test('the input stands above the configuration, and none takes back what it says', async () => {
  const read = await config;
  expect(withPrevious(read, undefined, roots).smoke.previous).toEqual({ from: 'distribution' });
  expect(withPrevious(read, 'none', roots).smoke.previous).toBeUndefined();
  expect(withPrevious(read, './old', roots).smoke.previous).toEqual({ from: 'folder', path: './old' });
});

test('a misspelt input is answered with what is allowed', async () => {
  const read = await config;
  expect(() => withPrevious(read, 'gihub', roots)).toThrowWithCode('E_INPUT', /"gihub", which names no previous release/);
});

test('a folder of the configuration is named from its root, one of the input from the workspace', async () => {
  const read = await readConfig('smoke:\n  previous: ./old\n', 'release-kit.yml');
  expect(withPrevious(read, undefined, roots).smoke.previous).toEqual({ from: 'folder', path: './project/old' });
  expect(withPrevious(read, '/srv/old/manifest.json', roots).smoke.previous).toEqual({
    from: 'folder',
    path: './../srv/old/manifest.json',
  });
});
