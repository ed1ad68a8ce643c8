import { expect, test } from '@jest/globals';
import { recordingHost, UserError } from '@release-kit/action';
import { hostArchitecture, strategyFor } from './architecture.ts';

test.each([
  ['auto', 'amd64', 'native', 'native', 'this host is amd64'],
  ['cross', 'amd64', 'native', 'native', 'this host is amd64'],
  ['auto', 'i386', 'native', 'native', 'this amd64 host runs programs of i386 itself'],
  ['auto', 'arm64', 'emulated', 'cross', 'this amd64 host has compilers for arm64; a package that cannot is emulated by QEMU'],
  ['auto', 'arm64', 'no', 'cross', 'this amd64 host has compilers for arm64; there is no QEMU here, so a package that cannot is not built'],
  ['emulate', 'arm64', 'emulated', 'emulate', 'it was asked for'],
] as const)('%s for %s, which runs here %s: %s', (wanted, architecture, ability, strategy, reason) => {
  expect(strategyFor({ wanted, architecture, own: 'amd64', ability })).toEqual({ strategy, reason });
});

test('native for another processor is refused', () => {
  expect(() => strategyFor({ wanted: 'native', architecture: 'arm64', own: 'amd64', ability: 'emulated' })).toThrowWithCode(
    'E_ARCHITECTURE',
  );
});

test('the architecture is asked of dpkg; without it the host is not one of ours', async () => {
  await using host = await recordingHost();
  expect(await hostArchitecture(host)).toMatch(/^[a-z0-9-]+$/);
  const exec = (): Promise<never> => Promise.reject(new UserError('E_TOOL_MISSING', 'dpkg is not installed'));
  await expect(hostArchitecture({ ...host, exec })).rejects.toThrowWithCode('E_HOST', /neither Debian nor Ubuntu/);
  const cancelled = (): Promise<never> => Promise.reject(new UserError('E_CANCELLED', 'interrupted'));
  await expect(hostArchitecture({ ...host, exec: cancelled })).rejects.toThrowWithCode('E_CANCELLED');
});
