import { expect, test } from '@jest/globals';
import { topmost } from './file-change.ts';

test('topmost keeps neighbours that only share the start of their name', () => {
  expect(topmost(['/a', '/a-b', '/a/c', '/a/c/d'])).toEqual([
    { path: '/a', below: 2 },
    { path: '/a-b', below: 0 },
  ]);
});
