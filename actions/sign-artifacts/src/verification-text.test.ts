import { expect, test } from '@jest/globals';
import type { FolderVerification } from '@release-kit/openpgp';
import { verificationLines, verificationSummary } from './verification-text.ts';

type File = FolderVerification['files'][number];

function file(name: string, problems: readonly string[] = []): File {
  return {
    name,
    size: 1,
    sha256: 'a'.repeat(64),
    signatures: [`${name}.asc`],
    signedBy: ['A'.repeat(40)],
    listedIn: ['SHA256SUMS'],
    covered: problems.length === 0,
    isTrustedKey: false,
    problems,
    remarks: [],
  };
}

function folder(files: readonly File[]): FolderVerification {
  return { keys: ['A'.repeat(40)], tools: 'gpgv', files, missing: [], lonely: [], passed: false };
}

test('the summary begins with what is wrong, in its first column, however many files are fine', () => {
  const fine = Array.from({ length: 400 }, (_, index) => file(`a${index}.deb`));
  const [, , first] = verificationSummary(folder([...fine, file('z.deb', ['it was changed'])])).match(/^\|.*$/gm) ?? [];
  expect(first).toMatch(/^\| \*\*wrong\*\* \| `z\.deb` \| 1 B \| .*it was changed/);
});

test('names and reasons of strangers stay text, in the summary and in a terminal', () => {
  const hostile = folder([file('a|`b`\u001b[31m', ['<img src=x> [a](javascript:x)\n::error::planted'])]);
  expect(verificationSummary(hostile)).not.toMatch(/<img|(?<!\\)\]\(javascript|^::error|\u001b/m);
  expect(verificationLines(hostile).join('\n')).not.toMatch(/^::error|\u001b/m);
});
