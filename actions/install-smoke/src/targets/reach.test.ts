import { expect, test } from '@jest/globals';
import { UserError } from '@release-kit/action';
import { unreachableProblem } from './reach.ts';

test('a system that cannot be made is a problem of its target, in the words of the archive and with their cure', () => {
  const words = 'debian:sid (sid, amd64) could not be made from the default mirror: E: Release file for … is expired';
  expect(unreachableProblem(new UserError('E_BASE_SYSTEM', words, { cure: 'Correct the clock.' }))).toEqual({
    category: 'unreachable-target',
    message: words,
    cure: 'Correct the clock.',
  });
});

test.each([
  new UserError('E_TOOL_MISSING', 'mmdebstrap is not installed'),
  new UserError('E_CANCELLED', 'interrupted'),
  new Error('a bug'),
])('what is not of the system is none: %s', (error) => {
  expect(unreachableProblem(error)).toBeUndefined();
});
