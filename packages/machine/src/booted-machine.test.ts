import { expect, test } from '@jest/globals';
import { isInit } from './booted-machine.ts';

test.each([
  ['Name:\tsystemd\nNSpid:\t500\t3\t1\nx', true],
  ['NSpid:\t500\t2\n', false],
  ['NSpid:\t500\t1\n', false],
  ['NSpid:\t500\t3\t2\n', false],
  ['', false],
])('PID 1 of a container in the namespace of its launcher: %j', (status, expected) => {
  expect(isInit(status)).toBe(expected);
});
