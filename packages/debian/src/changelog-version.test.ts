import { expect, test } from '@jest/globals';
import { debianVersionAfter } from './changelog-version.ts';

test.each([
  ['1.2.0', undefined, undefined, '1.2.0-1'],
  ['1.2.0-rc.1+build.5', '1.1.0-3', undefined, '1.2.0~rc.1-1'],
  ['1.2.0', '2:1.1.0-3', undefined, '2:1.2.0-1'],
  ['1.2.0', '1.1.0', undefined, '1.2.0'],
  ['1.2.0', '1:1.1.0', undefined, '1:1.2.0'],
  ['1.2.0', '1.1.0-0ubuntu3', '0ubuntu1', '1.2.0-0ubuntu1'],
  ['1.2.0', '1.1.0', '2', '1.2.0-2'],
])('%s after %j with revision %j is %s', (semantic, newest, revision, version) => {
  expect(debianVersionAfter(semantic, newest, revision)).toBe(version);
});

test.each([
  ['1.2', '1.0-1', undefined],
  ['1.2.0', 'x', undefined],
  ['1.2.0', '1.0-1', '1-1'],
  ['1.2.0-rc1', '1.0-1', undefined],
])('%s after %s with revision %j is refused', (semantic, newest, revision) => {
  expect(() => debianVersionAfter(semantic, newest, revision)).toThrowWithCode('E_VERSION');
});
