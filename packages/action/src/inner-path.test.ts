import { expect, test } from '@jest/globals';
import { innerPath } from './inner-path.ts';

test.each([
  ['/a', '/a', ''],
  ['/a', '/a/b/c', 'b/c'],
  ['/a/', '/a/./x/../b/', 'b'],
  ['/', '/a', 'a'],
  ['/a', '/a/..x', '..x'],
  ['/a', '/a/...', '...'],
  ['/a', '/a/..x/b', '..x/b'],
])('in %s, %s is called %j', (folder, path, name) => {
  expect(innerPath(folder, path)).toBe(name);
});

test.each([
  ['/a/b', '/a'],
  ['/a', '/'],
  ['/a', '/ab'],
  ['/a', '/..x'],
  ['/a/b', '/a/c/b'],
  ['/a', '/a/../b'],
])('outside of %s, as %s is, nothing has a name', (folder, path) => {
  expect(innerPath(folder, path)).toBeUndefined();
});
