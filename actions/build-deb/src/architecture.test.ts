import { expect, test } from '@jest/globals';
import { requireNative } from './architecture.ts';

test('a host builds for its own architecture', () => {
  expect(requireNative('amd64', 'x64')).toBe('amd64');
  expect(requireNative('arm64', 'arm64')).toBe('arm64');
});

test.each([
  ['arm64', 'x64', /this host is amd64/],
  ['amd64', 'mips', /this host is mips/],
  ['x86_64', 'x64', /Debian calls it amd64/],
  ['amd64;id', 'x64', /not a known architecture/],
])('%s on %s is refused', (architecture, processor, message) => {
  expect(() => requireNative(architecture, processor)).toThrowWithCode('E_ARCHITECTURE', message);
});
