import { expect, test } from '@jest/globals';
import { eachProof, expectTest, provenRows } from '../support/documents/proofs.ts';

const rows = provenRows('release-faults.md', /^\| (?<name>[GC]\d+|people) \|(?:.*?\|){2}(?<proofs>.*)\|$/);

test('every case from G1 to G27 and from C1 to C7 is there once, in its order', () => {
  const numbered = (letter: string, count: number) => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
  expect(rows.map(({ name }) => name)).toEqual([...numbered('G', 27), ...numbered('C', 7), 'people']);
});

test('every case has a proof, but those of parts that are not built yet', () => {
  expect(rows.filter(({ proofs }) => proofs.length === 0).map(({ name }) => name)).toEqual(['C4']);
});

test.each(eachProof(rows))('%s: %s has the test "%s"', expectTest);
