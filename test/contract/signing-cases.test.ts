import { expect, test } from '@jest/globals';
import { eachProof, expectTest, provenRows } from '../support/documents/proofs.ts';

const rows = provenRows('signing-cases.md', /^\| (?<name>K\d+) \| .*? \| .*? \|(?<proofs>.*)\|$/);

test('every case from K1 to K24 is there, in its order', () => {
  expect([...new Set(rows.map(({ name }) => name))]).toEqual(Array.from({ length: 24 }, (_, index) => `K${index + 1}`));
});

test('every case has a proof', () => {
  expect(rows.filter(({ proofs }) => proofs.length === 0)).toEqual([]);
});

test.each(eachProof(rows))('%s: %s has the test "%s"', expectTest);
