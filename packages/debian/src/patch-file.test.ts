import { expect, test } from '@jest/globals';
import { parsePatch, parseSeries } from './patch-file.ts';

const patch = [
  'Description: two files',
  'Index: hello-1/src/a.c',
  '===================================================================',
  '--- hello-1.orig/src/a.c\t2020-01-01',
  '+++ hello-1/src/a.c\t2020-01-01',
  '@@ -3,3 +3,4 @@ int main',
  ' one',
  '-two',
  '+three',
  '+four',
  '',
  '@@ -20 +21 @@',
  '--- x',
  '+++ y',
  '--- /dev/null',
  '+++ b/new',
  '@@ -0,0 +1 @@',
  '+text',
];

test('files, hunks and lines, with lines of a hunk that look like headers', () => {
  const [a, b, ...rest] = parsePatch(patch);
  expect(rest).toEqual([]);
  expect(a).toMatchObject({ path: 'src/a.c', created: false, line: 5, hunks: [{ start: 3 }, { start: 20 }] });
  expect(a?.hunks[0]?.lines).toEqual([
    { kind: 'kept', text: 'one', line: 7 },
    { kind: 'removed', text: 'two', line: 8 },
    { kind: 'added', text: 'three', line: 9 },
    { kind: 'added', text: 'four', line: 10 },
    { kind: 'kept', text: '', line: 11 },
  ]);
  expect(a?.hunks[1]?.lines.map(({ kind, text }) => [kind, text])).toEqual([
    ['removed', '-- x'],
    ['added', '++ y'],
  ]);
  expect(b).toMatchObject({ path: 'new', created: true, line: 16, hunks: [{ start: 0, lines: [{ text: 'text', line: 18 }] }] });
});

test('a hunk that breaks off is left out', () => {
  expect(parsePatch(['--- a/x', '+++ b/x', '@@ -1,9 +1,9 @@', ' one'])).toMatchObject([{ path: 'x', hunks: [] }]);
  expect(parsePatch(['@@ -1 +1 @@', '-a', '+b'])).toEqual([]);
});

test('a series has names, options and comments', () => {
  expect(parseSeries(['# first', 'a.patch', '', 'b.patch -p0 # why', 'c#d.patch'])).toEqual([
    { name: 'a.patch', strip: 1 },
    { name: 'b.patch', strip: 0 },
    { name: 'c#d.patch', strip: 1 },
  ]);
});
