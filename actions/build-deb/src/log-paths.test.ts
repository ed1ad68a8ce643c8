import { describe, expect, test } from '@jest/globals';
import { candidates, folderAt } from './log-paths.ts';

const tree = '/build/x-1.0';
const log = [
  'dh_auto_build',
  "make[1]: Entering directory '/build/x-1.0'",
  "make[2]: Entering directory '/build/x-1.0/src'",
  'a.c:1:1: error: one',
  "make[2]: Leaving directory '/build/x-1.0/src'",
  'b.c:1:1: error: two',
  "make[1]: Leaving directory '/build/x-1.0'",
  'c.c:1:1: error: three',
  "gmake: Entering directory '/build/x-1.0/lib'",
  'd.c:1:1: error: four',
];

test.each([
  [3, `${tree}/src`],
  [5, tree],
  [7, tree],
  [9, `${tree}/lib`],
  [0, tree],
])('at line %d make is in %s', (index, folder) => {
  expect(folderAt(log, index, tree)).toBe(folder);
});

describe('candidates', () => {
  test.each([
    ['a.c', `${tree}/src`, ['src/a.c', 'a.c', 'obj/a.c']],
    ['../include/a.h', `${tree}/src`, ['include/a.h']],
    ['../src/a.c', tree, ['src/a.c']],
    [`${tree}/src/a.c`, tree, ['src/a.c']],
    ['./a.c', tree, ['a.c', 'obj/a.c']],
    ['/usr/include/stdio.h', tree, []],
    ['../../../etc/passwd', `${tree}/src`, []],
    ['/build/x-1.0-other/a.c', tree, []],
  ])('%s in %s may be %j', (file, folder, expected) => {
    expect(candidates(file, folder, tree)).toEqual(expected);
  });
});
