import { expect, test } from '@jest/globals';
import { parseDigests } from './digest-list.ts';

test('a path may hold anything but NUL, and what is no record is left out', () => {
  const digest = 'a'.repeat(64);
  expect([...parseDigests(`${digest}  /etc/a b\nc\0${digest} */etc/d\0sha256sum: odd\0`)]).toEqual([
    ['/etc/a b\nc', digest],
    ['/etc/d', digest],
  ]);
});
