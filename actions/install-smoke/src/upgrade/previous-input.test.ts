import { expect, test } from '@jest/globals';
import { readConfig } from '@release-kit/config';
import { withPrevious } from './previous-input.ts';

const config = readConfig('smoke:\n  previous: distribution\n', 'release-kit.yml');

test('the input stands above the configuration, and none takes back what it says', async () => {
  const read = await config;
  expect(withPrevious(read, undefined).smoke.previous).toEqual({ from: 'distribution' });
  expect(withPrevious(read, 'none').smoke.previous).toBeUndefined();
  expect(withPrevious(read, './old').smoke.previous).toEqual({ from: 'folder', path: './old' });
});

test('a misspelt input is answered with what is allowed', async () => {
  const read = await config;
  expect(() => withPrevious(read, 'gihub')).toThrowWithCode('E_INPUT', /"gihub", which names no previous release/);
});
