import { describe, expect, test } from '@jest/globals';
import { readInputs, recordingHost } from '@release-kit/action';
import { run, spec } from './index.ts';

/** As a workflow's `with:` gives them. */
const inputsOf = (given: Readonly<Record<string, string>>) =>
  readInputs(spec, { install: 'false', ...given }, { workspace: '/', nameOf: (name) => `input ${name}` });

describe('what cannot work is told before anything is done', () => {
  test.each([
    [{ distribution: 'debain:12' }, 'E_DISTRIBUTION', /did you mean debian:12/],
    [{ architecture: 'aarch64' }, 'E_ARCHITECTURE', /"aarch64" is not a known architecture/],
    [{ architecture: 's390x', strategy: 'native' }, 'E_ARCHITECTURE', /this \w+ host cannot build for s390x natively/],
    [{ libraries: 'libssl-dev\n--force', prepare: 'toolchain' }, 'E_INPUT', /"--force" is not the name of a package/],
    [{ libraries: 'libssl-dev:arm64', prepare: 'toolchain' }, 'E_INPUT', /"libssl-dev:arm64" is not the name of a package/],
    [{ libraries: 'libssl-dev' }, 'E_INPUT', /libraries.* only with a toolchain/],
  ] as const)('%j', async (given, code, message) => {
    await using host = await recordingHost();
    await expect(run(inputsOf(given), host)).rejects.toThrowWithCode(code, message);
    expect(host.recorded.lines).toEqual([]);
  });

  test('an address that is none', () => {
    expect(() => inputsOf({ 'ports-mirror': 'ports' })).toThrowWithCode('E_INPUT', /an address such as/);
  });
});

test('asks for no permission but to read', () => {
  expect(spec.permissions.map(({ permission }) => permission)).toEqual(['contents: read']);
});
