import { expect, test } from '@jest/globals';
import { type SigningFacts, signingReport } from './signing-report.ts';

const file = (name: string, path = name) => ({ name, file: `/out/${path}`, size: 1, sha256: name });
const facts: SigningFacts = {
  keys: [],
  throwAway: false,
  programs: [],
  plan: [file('a_1.0.rc1.dsc', 'a_1.0~rc1.dsc'), file('a_1.0.rc1_all.deb', 'a_1.0~rc1_all.deb'), file('a.orig.tar.gz')],
  checksums: [file('SHA256SUMS'), file('B2SUMS')],
  detached: ['a_1.0.rc1.dsc', 'a_1.0.rc1_all.deb', 'SHA256SUMS', 'B2SUMS'].map((name) => file(name)),
  embedded: { debs: [], controlFiles: ['a_1.0~rc1.dsc'] },
  inputs: { keyName: 'key', checksums: ['blake2', 'sha256'], signatures: ['sig', 'asc'] },
};

test('each file has the signatures that were made, under the name that users download', () => {
  expect(signingReport(facts).files.map(({ name, signatures }) => [name, ...signatures])).toEqual([
    ['a_1.0.rc1.dsc', 'inside', '.asc', '.sig'],
    ['a_1.0.rc1_all.deb', '.asc', '.sig'],
    ['a.orig.tar.gz'],
    ['SHA256SUMS', '.asc', '.sig'],
    ['B2SUMS', '.asc', '.sig'],
  ]);
});

test('instructions take what most systems read first: SHA-256, armored', () => {
  expect(signingReport(facts).published).toEqual({
    keyName: 'key',
    sums: [
      { name: 'SHA256SUMS', algorithm: 'sha256' },
      { name: 'B2SUMS', algorithm: 'blake2' },
    ],
    forms: ['asc', 'sig'],
    debsig: undefined,
  });
});

test('the digests shown are of what is listed, not of the lists', () => {
  expect(signingReport(facts).files.flatMap(({ sha256 }) => sha256 ?? [])).toEqual(['a_1.0.rc1.dsc', 'a_1.0.rc1_all.deb', 'a.orig.tar.gz']);
});
