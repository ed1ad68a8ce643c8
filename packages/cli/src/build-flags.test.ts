import { expect, test } from '@jest/globals';
import { readInputs } from '@release-kit/action';
import { spec } from '@release-kit/action-build-deb';
import { checkInputs, targetInputs } from './build-flags.ts';

test('what was not said is left to the plan and the defaults', () => {
  expect({ ...targetInputs({}), ...checkInputs({}) }).toEqual({});
});

test('every flag is an input of build-deb, with a value that it takes', () => {
  const flags = { arch: 'arm64', distribution: 'debian:13', strategy: 'emulate', reproducible: true };
  const given = { ...targetInputs(flags), ...checkInputs(flags) };
  expect(given).toEqual({ architecture: 'arm64', distribution: 'debian:13', strategy: 'emulate', reproducible: 'require' });
  const read = readInputs(spec, given, { workspace: '/', nameOf: (name) => name });
  expect(read).toMatchObject({ architecture: 'arm64', distribution: 'debian:13', strategy: 'emulate', reproducible: 'require' });
});
