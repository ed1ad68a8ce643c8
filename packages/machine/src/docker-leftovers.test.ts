import { expect, test } from '@jest/globals';
import { machineOf, thisPlace } from './docker-leftovers.ts';
import { isAbandoned, machineName } from './machine-name.ts';

test('the machine of a container or an image is known by its name', () => {
  const machine = machineName();
  expect([0, 12].map((number) => machineOf(`${machine}.${number}`))).toEqual([machine, machine]);
  expect(isAbandoned(machineOf(`${machine}.0`))).toBe(false);
  expect(isAbandoned(machineOf(`${machineName({ pid: process.pid, started: '1', boot: '' })}.3`))).toBe(true);
  expect(isAbandoned(machineOf('somebody-elses'))).toBe(false);
});

test('the place is the same whenever it is asked', () => {
  expect(thisPlace()).toMatch(/^[0-9a-f]{16}$/);
  expect(thisPlace()).toBe(thisPlace());
});
