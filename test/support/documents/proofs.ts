import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';

const root = join(import.meta.dirname, '../../..');

/** A test that proves what a row of a table says. */
type Proof = readonly [file: string, title: string];

export interface ProvenRow {
  readonly name: string;
  /** The cell that names the tests. */
  readonly cell: string;
  readonly proofs: readonly Proof[];
}

/** The rows of a page of docs/ that `row` fits, which has the groups `name` and `proofs`. */
export function provenRows(page: string, row: RegExp): readonly ProvenRow[] {
  return readFileSync(join(root, 'docs', page), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const { name, proofs: cell } = row.exec(line)?.groups ?? {};
      return name === undefined || cell === undefined ? [] : [{ name, cell, proofs: proofsIn(cell) }];
    });
}

/** `file`: "title" */
function proofsIn(cell: string): readonly Proof[] {
  return [...cell.matchAll(/`([^`]+\.test\.ts)`: "([^"]+)"/g)].map(([, file = '', title = '']) => [file, title]);
}

/** Rows for `test.each`: one for each proof. */
export const eachProof = (rows: readonly ProvenRow[]): readonly (readonly [name: string, ...Proof])[] =>
  rows.flatMap(({ name, proofs }) => proofs.map((proof) => [name, ...proof] as const));

/** Expects that a file has a test, as it stands in the code: a title, or the name of a row of a table. */
export function expectTest(_: string, file: string, title: string): void {
  expect(existsSync(join(root, file))).toBe(true);
  expect(readFileSync(join(root, file), 'utf8')).toContain(title);
}
