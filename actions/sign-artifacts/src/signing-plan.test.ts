import { expect, test } from '@jest/globals';
import type { ManifestFile } from '@release-kit/manifest';
import { planSigning } from './signing-plan.ts';

const inputs = { keyName: 'signing-key', signatures: ['asc', 'sig'] } as const;

function file(path: string): ManifestFile {
  return { path, kind: 'source', size: 1, sha256: path, package: 'a', version: '1', architecture: 'all', distribution: 'debian:12' };
}

test('files are planned under the names that users download, sorted, and read under their own', () => {
  expect(planSigning([file('b_1~rc1.dsc'), file('a.deb')], '/out', inputs)).toEqual([
    { name: 'a.deb', file: '/out/a.deb', size: 1, sha256: 'a.deb' },
    { name: 'b_1.rc1.dsc', file: '/out/b_1~rc1.dsc', size: 1, sha256: 'b_1~rc1.dsc' },
  ]);
});

test.each([
  ['a list', 'SHA256SUMS'],
  ['the signature of a list', 'B2SUMS.sig'],
  ['the public key', 'signing-key.asc'],
  ['the public key in other letters', 'Signing-Key.GPG'],
  ['the policy', 'signing-key.pol'],
  ['the signature of the policy', 'signing-key.pol.sig'],
  ['a file whose signature would be the public key', 'signing-key'],
  ['the manifest', 'manifest.json'],
])('%s is no name of a package: E_NAME_COLLISION', (_, name) => {
  expect(() => planSigning([file(name)], '/out', inputs)).toThrowWithCode('E_NAME_COLLISION');
});

test("upstream's armored signature stays, and what it signs gets none; a binary one would be written over: E_NAME_COLLISION", () => {
  expect(planSigning([file('a.orig.tar.gz'), file('a.orig.tar.gz.asc')], '/out', inputs)).toHaveLength(2);
  const binary = [file('a.orig.tar.gz'), file('a.orig.tar.gz.sig')];
  expect(() => planSigning(binary, '/out', inputs)).toThrowWithCode('E_NAME_COLLISION', /a\.orig\.tar\.gz\.sig/);
  expect(planSigning(binary, '/out', { ...inputs, signatures: ['asc'] })).toHaveLength(2);
});

test('a manifest without files is E_MANIFEST', () => {
  expect(() => planSigning([], '/out', inputs)).toThrowWithCode('E_MANIFEST');
});
