import { expect, test } from '@jest/globals';
import { jsonIn } from './json-text.ts';

test.each([
  ['{"a":[1,null]}', { a: [1, null] }],
  ['null', null],
  ['""', ''],
])('%s is JSON', (text, value) => {
  expect(jsonIn(text)).toEqual(value);
});

test.each(['', 'undefined', '{"a":1', "{'a':1}", '1 2', '\ufeff{}'])('%j is none', (text) => {
  expect(jsonIn(text)).toBeUndefined();
});
