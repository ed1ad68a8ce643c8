import { expect, test } from '@jest/globals';
import { userIdOf } from './user-id.ts';

test.each([
  ['A Person <a@example.org>', { name: 'A Person', email: 'a@example.org' }],
  ['  Archiv für Ärger<x+y@example.org> ', { name: 'Archiv für Ärger', email: 'x+y@example.org' }],
  ['Example Archive', { name: 'Example Archive' }],
])('%s is a user id', (text, expected) => {
  expect(userIdOf(text)).toEqual(expected);
});

test.each([
  '',
  '<a@example.org>',
  'A <a>',
  'A <a@b',
  'A > B',
  'A\u001b[31m <a@example.org>',
  'A\nB <a@example.org>',
  'A \u202e<a@example.org>',
])('%j is none', (text) => {
  expect(() => userIdOf(text)).toThrowWithCode('E_INPUT', /user id/);
});
