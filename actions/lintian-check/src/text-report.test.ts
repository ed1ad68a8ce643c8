import { expect, test } from '@jest/globals';
import { parseLintianText } from '@release-kit/debian';
import { namedFiles } from './text-report.ts';

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
