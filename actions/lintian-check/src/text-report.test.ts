import { expect, test } from '@jest/globals';
import { parseLintianText } from '@release-kit/debian';
import { namedFiles, withoutDebug } from './text-report.ts';

test('hints of a text report come to the files they are about, the others have entries without hints', () => {
  const text = 'E: hello source: s\nE: hello: b\nE: hello udeb: u\nE: hello changes: c\nE: other: x\n';
  const files = [
    'hello-doc_1_all.deb',
    'hello_1.dsc',
    'hello_1_amd64.changes',
    'hello_1_amd64.deb',
    'hello_1_amd64.udeb',
    'hello_1_arm64.deb',
  ];
  const named = namedFiles(parseLintianText(text), files);
  expect(named.files.map(({ path, hints }) => [path, ...hints.map(({ tag }) => tag)])).toEqual([
    ['hello_1.dsc', 's'],
    ['hello_1_amd64.deb', 'b'],
    ['hello_1_amd64.udeb', 'u'],
    ['hello_1_amd64.changes', 'c'],
    ['other', 'x'],
    ['hello-doc_1_all.deb'],
    ['hello_1_arm64.deb'],
  ]);
});

test.each([
  ['N: Running check: x on y  ...\nN: Finished processing group a_1\nN: why\nO: a: t\n', 'N: why\nO: a: t\n'],
  ['N: Using dpkg-source to unpack\nE: a: t', 'E: a: t'],
  ['E: a: t\nN: Finished processing group a_1\nO: a: t', 'E: a: t\nN: Finished processing group a_1\nO: a: t'],
  ['N: why\nO: a: t', 'N: why\nO: a: t'],
  ['', ''],
])('what --debug prints before the hints is no reason of an override: %j', (text, expected) => {
  expect(withoutDebug(text)).toBe(expected);
});
