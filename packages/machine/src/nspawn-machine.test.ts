import { expect, test } from '@jest/globals';
import { bindOption, proxiesOf } from './nspawn-machine.ts';

test('the name of a folder does not end the option', () => {
  expect(bindOption({ hostFolder: '/a:b\\c d', machineFolder: '/in', writable: false })).toBe('--bind-ro=/a\\:b\\\\c d:/in');
  expect(bindOption({ hostFolder: '/a', machineFolder: '/out', writable: true })).toBe('--bind=/a:/out');
});

test('proxies are taken in either spelling, and only those that are set', () => {
  const variables: Record<string, string> = { HTTP_PROXY: 'http://p:1', no_proxy: 'localhost' };
  expect(proxiesOf({ env: (name) => variables[name] })).toEqual({ http_proxy: 'http://p:1', no_proxy: 'localhost' });
});
