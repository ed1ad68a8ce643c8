import { expect, test } from '@jest/globals';
import { differences, parseStat } from './file-check.ts';

test('stat prints mode, owner and group; the mode is filled up to four digits', () => {
  expect(parseStat('640 root hello\n')).toEqual({ mode: '0640', owner: 'root', group: 'hello' });
  expect(parseStat('4755 root root\n')).toEqual({ mode: '4755', owner: 'root', group: 'root' });
  expect(parseStat('0 root UNKNOWN\n')).toEqual({ mode: '0000', owner: 'root', group: 'UNKNOWN' });
  for (const text of ['', '999 root root', '640 root', '640 a b c']) expect(parseStat(text)).toBeUndefined();
});

test('only what is listed is compared', () => {
  const facts = { mode: '0640', owner: 'root', group: 'hello' };
  expect(differences({ path: '/x', mode: '0640', owner: undefined, group: 'hello' }, facts)).toEqual([]);
  expect(differences({ path: '/x', mode: '0644', owner: 'hello', group: 'root' }, facts)).toEqual([
    'mode is 0640, not 0644',
    'owner is root, not hello',
    'group is hello, not root',
  ]);
});
