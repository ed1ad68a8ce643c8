import { expect, test } from '@jest/globals';
import { UserError } from '@release-kit/action';
import { resultDocument } from './result-document.ts';

const common = { name: 'release', seconds: 1, steps: [], annotations: [], reports: {} };

test('a good end carries the result', () => {
  expect(resultDocument({ ...common, exitCode: 0, ended: { result: { tag: 'v1.0.0' } } })).toEqual({
    command: 'release',
    exitCode: 0,
    seconds: 1,
    steps: [],
    annotations: [],
    result: { tag: 'v1.0.0' },
  });
});

test('an error carries code, message, place, cure and outputs', () => {
  const error = new UserError('E_LINT', '2 findings fail', { place: { file: 'debian/control', line: 9 }, outputs: { result: 'failed' } });
  expect(resultDocument({ ...common, exitCode: 1, ended: { error } })).toMatchObject({
    error: {
      code: 'E_LINT',
      message: 'debian/control:9: 2 findings fail',
      place: { file: 'debian/control', line: 9 },
      cure: expect.stringMatching(/\w/),
      outputs: { result: 'failed' },
    },
  });
});

test('the first error is told, not the one of a clean-up after it', () => {
  const error = new SuppressedError(new Error('clean-up'), new UserError('E_LINT', 'first'));
  expect(resultDocument({ ...common, exitCode: 1, ended: { error } })).toMatchObject({
    error: { code: 'E_LINT', cure: expect.stringMatching(/\w/) },
  });
});

test('anything else is a bug', () => {
  expect(resultDocument({ ...common, exitCode: 3, ended: { error: new TypeError('x is not a function') } })).toMatchObject({
    error: { code: 'BUG' },
  });
});
