import { expect, test } from '@jest/globals';
import { modeText, readEntries, recordsOf } from './file-entry.ts';

const head = (type: string, mode = '644') => `${type}\t${mode}\t0\t5\t12\t8\t1795285200.5000000000\t99`;

test('paths and targets are read by exact bytes: line feeds, tabs and what looks like a digest do no harm', () => {
  const text = [
    ...[head('d', '1777'), '', '/tmp'],
    ...[head('f'), '', '/etc/a\nb\tc'],
    ...[head('l', '777'), '../x\t/etc/fake', '/etc/link'],
    ...[head('f'), '', `/etc/${'b'.repeat(64)}  `],
    '',
    ...[`${'a'.repeat(64)}  /etc/a\nb\tc`, 'sha256sum: junk', ''],
  ].join('\0');
  const entries = readEntries(recordsOf(`${text}\0`));
  expect([...entries].map(([path, { type, target, digest }]) => [path, type, target, digest?.slice(0, 2)])).toEqual([
    ['/tmp', 'd', '', undefined],
    ['/etc/a\nb\tc', 'f', '', 'aa'],
    ['/etc/link', 'l', '../x\t/etc/fake', undefined],
    [`/etc/${'b'.repeat(64)}  `, 'f', '', undefined],
  ]);
  expect(entries.get('/tmp')).toMatchObject({ mode: 0o1777, owner: 0, group: 5, size: 12, disk: 4096, inode: '99' });
});

test('an answer that ends too early, or is none of find, is an error', () => {
  expect(() => readEntries(recordsOf(`${head('d')}\0\0/etc\0`))).toThrowWithCode('E_MACHINE', /ends too early/);
  expect(() => readEntries(recordsOf('find: no\0\0/etc\0\0\0'))).toThrowWithCode('E_MACHINE', /something else/);
});

test.each([
  [0o755, '0755'],
  [0o4755, '4755'],
  [0, '0000'],
])('mode %i is %s', (mode, text) => {
  expect(modeText({ mode })).toBe(text);
});
