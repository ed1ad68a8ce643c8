import { expect, test } from '@jest/globals';
import { isAlive, readOwner, startTimeIn, thisProcess } from './owner.ts';

test('this process is alive, and is read back as it was written', () => {
  const me = thisProcess();
  expect(isAlive(me)).toBe(true);
  expect(readOwner(JSON.stringify(me))).toEqual(me);
});

test('a later process with the same number, one of another boot, and one that ended are not alive', () => {
  const me = thisProcess();
  expect(isAlive({ ...me, started: `${me.started}1` })).toBe(false);
  expect(isAlive({ ...me, boot: 'other' })).toBe(false);
  expect(isAlive({ ...me, pid: 2 ** 22 + 1 })).toBe(false);
  expect(isAlive({ ...me, started: '' })).toBe(false);
});

test('whether a process of another namespace of processes is alive cannot be told, but that the host was started since can', () => {
  const other = { ...thisProcess(), pid: 2 ** 22 + 1, space: 'pid:[1]' };
  expect(isAlive(other)).toBe(true);
  expect(isAlive({ ...other, boot: 'other' })).toBe(false);
  expect(readOwner(JSON.stringify(other))).toEqual(other);
});

test("a program's name with blanks and parentheses does not shift the start time", () => {
  const rest = `S ${Array.from({ length: 18 }, (_, index) => index).join(' ')} 4711 99`;
  expect(startTimeIn(`12 (sh) ${rest}`)).toBe('4711');
  expect(startTimeIn(`12 (a) b (c) ${rest}`)).toBe('4711');
});

test.each([
  '',
  '{}',
  'null',
  '7',
  '{"pid":0,"started":"1","boot":"b"}',
  '{"pid":1.5,"started":"1","boot":"b"}',
  '{"pid":1,"started":1,"boot":"b"}',
  '{"pid":"1","started":"1","boot":"b"}',
])('not an owner: %s', (text) => {
  expect(readOwner(text)).toBeUndefined();
});
