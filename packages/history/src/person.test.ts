import { expect, test } from '@jest/globals';
import { parsePerson } from './person.ts';

test.each([
  ['Z Y <Z.Y@example.org>', { name: 'Z Y', email: 'z.y@example.org' }],
  ['Z (a < b) <z@example.org>', { name: 'Z (a < b)', email: 'z@example.org' }],
  ['bot[bot] <1+bot[bot]@users.noreply.example.org>', { name: 'bot[bot]', email: '1+bot[bot]@users.noreply.example.org' }],
])('%j is somebody', (text, expected) => {
  expect(parsePerson(text)).toEqual(expected);
});

test.each([
  '',
  'Z',
  '<z@example.org>',
  'Z <>',
  'Z <z@example.org> more',
  'Z <z @example.org>',
  `Z <${'z'.repeat(300)}>`,
  `${'Z'.repeat(300)} <z@example.org>`,
])('%j is nobody', (text) => {
  expect(parsePerson(text)).toBeUndefined();
});
