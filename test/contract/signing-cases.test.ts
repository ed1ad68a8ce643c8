import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const rows = readFileSync(join(root, 'docs/signing-cases.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, number, , , proof] = /^\| (K\d+) \| (.*?) \| (.*?) \|(.*)\|$/.exec(line) ?? [];
    return number === undefined ? [] : [{ number, proofs: proofsIn(proof ?? '') }];
  });

function proofsIn(cell: string): readonly (readonly [file: string, title: string])[] {
  return [...cell.matchAll(/`([^`]+\.test\.ts)`: "([^"]+)"/g)].map(([, file = '', title = '']) => [file, title]);
}

test('every case from K1 to K24 is there, in its order', () => {
  expect([...new Set(rows.map(({ number }) => number))]).toEqual(Array.from({ length: 24 }, (_, index) => `K${index + 1}`));
});

test('every case has a proof', () => {
  expect(rows.filter(({ proofs }) => proofs.length === 0)).toEqual([]);
});

test.each(rows.flatMap(({ number, proofs }) => proofs.map(([file, title]) => [number, file, title] as const)))(
  '%s: %s has the test "%s"',
  (_, file, title) => {
    expect(existsSync(join(root, file))).toBe(true);
    // As it stands in the code: a title, or the name of a row of a table.
    expect(readFileSync(join(root, file), 'utf8')).toContain(title);
  },
);
