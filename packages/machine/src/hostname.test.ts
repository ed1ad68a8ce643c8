import { expect, test } from '@jest/globals';
import { hostnameOf, hostsText } from './hostname.ts';

test('a host name is one label, and release-kit unless another is asked for', () => {
  expect(hostnameOf({})).toBe('release-kit');
  expect(hostnameOf({ hostname: 'other-machine' })).toBe('other-machine');
  for (const hostname of ['', '-a', 'a-', 'a.b', 'a b', 'a\nb', 'A', 'a'.repeat(64)])
    expect(() => hostnameOf({ hostname })).toThrowWithCode('E_MACHINE');
});

test('a machine can look up its own name', () => {
  expect(hostsText('other-machine').split('\n')).toContain('127.0.1.1 other-machine');
});
