import { describe, expect, test } from '@jest/globals';
import type { ManifestFile } from '@release-kit/manifest';
import { statementOf, subjectsOf } from './statement.ts';

const file = (path: string, sha256 = 'a'.repeat(64)): ManifestFile => ({
  kind: 'deb',
  path,
  size: 1,
  sha256,
  package: 'hello',
  version: '1',
  architecture: 'all',
  distribution: 'debian:12',
});

describe('subjects', () => {
  test('are all files by the names of the release, in their order, whatever that of the manifest', () => {
    const files = [file('b_1~rc1_all.deb', 'b'.repeat(64)), file('a_1_all.deb')];
    expect(subjectsOf(files)).toEqual([
      { name: 'a_1_all.deb', digest: { sha256: 'a'.repeat(64) } },
      { name: 'b_1.rc1_all.deb', digest: { sha256: 'b'.repeat(64) } },
    ]);
    expect(subjectsOf([...files].reverse())).toEqual(subjectsOf(files));
  });
  test('are at least one, and as many as GitHub takes', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => file(`a${index}_1_all.deb`));
    expect(() => subjectsOf([])).toThrowWithCode('E_INPUT', /no file/);
    expect(subjectsOf(many(1024))).toHaveLength(1024);
    expect(() => subjectsOf(many(1025))).toThrowWithCode('E_INPUT', /1025 files; one attestation has at most 1024/);
  });
  test('of names that GitHub would change are refused', () => {
    expect(() => subjectsOf([file('a b.deb')])).toThrowWithCode('E_NAME');
    expect(() => subjectsOf([file('a_1~b_all.deb'), file('a_1.b_all.deb')])).toThrowWithCode('E_NAME_COLLISION');
  });
});

test('a statement may be of any kind: a list of parts as well as provenance', () => {
  const subjects = subjectsOf([file('a_1_all.deb')]);
  expect(statementOf(subjects, { type: 'https://spdx.dev/Document/v2.3', content: { spdxVersion: 'SPDX-2.3' } })).toEqual({
    _type: 'https://in-toto.io/Statement/v1',
    subject: subjects,
    predicateType: 'https://spdx.dev/Document/v2.3',
    predicate: { spdxVersion: 'SPDX-2.3' },
  });
});
