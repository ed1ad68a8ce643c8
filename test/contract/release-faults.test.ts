import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const rows = readFileSync(join(root, 'docs/release-faults.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, name, proof] = /^\| ([GC]\d+|people) \|(?:.*?\|){2}(.*)\|$/.exec(line) ?? [];
    return name === undefined ? [] : [{ name, proofs: proofsIn(proof ?? '') }];
  });

function proofsIn(cell: string): readonly (readonly [file: string, title: string])[] {
  return [...cell.matchAll(/`([^`]+\.test\.ts)`: "([^"]+)"/g)].map(([, file = '', title = '']) => [file, title]);
}

test('every case from G1 to G27 and from C1 to C7 is there once, in its order', () => {
  const numbered = (letter: string, count: number) => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
  expect(rows.map(({ name }) => name)).toEqual([...numbered('G', 27), ...numbered('C', 7), 'people']);
});

test('every case has a proof, but those of parts that are not built yet', () => {
  expect(rows.filter(({ proofs }) => proofs.length === 0).map(({ name }) => name)).toEqual(['C4']);
});

test.each(rows.flatMap(({ name, proofs }) => proofs.map(([file, title]) => [name, file, title] as const)))(
  '%s: %s has the test "%s"',
  (_, file, title) => {
    expect(existsSync(join(root, file))).toBe(true);
    // As it stands in the code: a title, or the name of a row of a table.
    expect(readFileSync(join(root, file), 'utf8')).toContain(title);
  },
);
