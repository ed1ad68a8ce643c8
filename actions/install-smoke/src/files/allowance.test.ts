import { expect, test } from '@jest/globals';
import { covers } from './allowance.ts';

test.each([
  ['/opt/x', '/opt/x', true],
  ['/opt/*', '/opt/x', true],
  ['/opt/*', '/opt/x/y', false],
  ['/opt/x/**', '/opt/x/y/z', true],
  ['/opt/x/**', '/opt/x', true],
  ['/opt/x/**', '/opt/xy', false],
  ['/**/y', '/opt/x/y', true],
])('%s covers %s: %s', (pattern, path, is) => {
  expect(covers([pattern], path)).toBe(is);
});
