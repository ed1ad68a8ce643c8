import { expect, test } from '@jest/globals';
import { recordingHost, UserError } from '@release-kit/action';
import { hostArchitecture, strategyFor } from './architecture.ts';

test("this host's own architecture is built natively", () => {
  expect(strategyFor('amd64', 'amd64')).toBe('native');
});

test('another one is told to come later, in plain words and harmlessly', () => {
  expect(() => strategyFor('arm64', 'amd64')).toThrowWithCode(
    'E_ARCHITECTURE',
    /"arm64" cannot be built on this host, which is amd64: .* comes with a later version of setup-cross/,
  );
  expect(() => strategyFor('x\n::error::', 'amd64')).toThrowWithCode('E_ARCHITECTURE', /"x\\n::error::"/);
});

test('the architecture is asked of dpkg; without it the host is not one of ours', async () => {
  await using host = await recordingHost();
  expect(await hostArchitecture(host)).toMatch(/^[a-z0-9-]+$/);
  const exec = (): Promise<never> => Promise.reject(new UserError('E_TOOL_MISSING', 'dpkg is not installed'));
  await expect(hostArchitecture({ ...host, exec })).rejects.toThrowWithCode('E_HOST', /neither Debian nor Ubuntu/);
  const cancelled = (): Promise<never> => Promise.reject(new UserError('E_CANCELLED', 'interrupted'));
  await expect(hostArchitecture({ ...host, exec: cancelled })).rejects.toThrowWithCode('E_CANCELLED');
});
