import { UserError } from '@release-kit/action/errors';
import type { Paragraph } from './deb822.ts';
import { isFileName } from './names.ts';
import { shown } from './shown.ts';

export interface ListedFile {
  /** A plain file name. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
}

interface Row {
  readonly digest: string;
  readonly size: number;
  readonly name: string;
  readonly line: number;
}

interface TableKind {
  readonly field: string;
  readonly digits: number;
  /** Words of a row; .changes has section and priority between size and name. */
  readonly words: 3 | 5;
}

/**
 * Reads the file tables of a .changes, .dsc or .buildinfo file. Checksums-Sha256 must be there; each other table that is
 * there must list the same files with the same sizes. Throws E_CONTROL with the place.
 */
export function readFileTables(paragraph: Paragraph, file: string, filesWords: 3 | 5 | undefined): readonly ListedFile[] {
  const rows = readTable(paragraph, file, { field: 'Checksums-Sha256', digits: 64, words: 3 });
  if (rows === undefined) throw new UserError('E_CONTROL', 'the field Checksums-Sha256 is missing', { place: { file } });
  compareTables(rows, readTable(paragraph, file, { field: 'Checksums-Sha1', digits: 40, words: 3 }), 'Checksums-Sha1', file);
  if (filesWords !== undefined) {
    const listed = readTable(paragraph, file, { field: 'Files', digits: 32, words: filesWords });
    if (listed === undefined) throw new UserError('E_CONTROL', 'the field Files is missing', { place: { file } });
    compareTables(rows, listed, 'Files', file);
  }
  return rows.map(({ name, size, digest }) => ({ name, size, sha256: digest }));
}

function readTable(paragraph: Paragraph, file: string, kind: TableKind): readonly Row[] | undefined {
  const value = paragraph.get(kind.field);
  if (value === undefined) return undefined;
  const [first = '', ...lines] = value.split('\n');
  const start = paragraph.line(kind.field) ?? 1;
  if (first !== '') throw problem(file, start, `the table ${kind.field} must start on the line after its name`);
  const seen = new Set<string>();
  return lines.map((text, index) => {
    const row = readRow(text, kind, file, start + 1 + index);
    if (seen.has(row.name)) throw problem(file, row.line, `${kind.field} lists ${shown(row.name)} twice`);
    seen.add(row.name);
    return row;
  });
}

function readRow(text: string, kind: TableKind, file: string, line: number): Row {
  const words = text.trim().split(/[ \t]+/);
  const [digest = '', sizeText = ''] = words;
  const name = words.at(-1) ?? '';
  if (words.length !== kind.words)
    throw problem(file, line, `a row of ${kind.field} has ${kind.words} words, this one has ${words.length}`);
  if (digest.length !== kind.digits || !/^[0-9a-f]+$/.test(digest))
    throw problem(file, line, `${shown(digest)} is not ${kind.digits} lower-case hexadecimal digits`);
  const size = Number(sizeText);
  if (!/^[0-9]+$/.test(sizeText) || !Number.isSafeInteger(size)) throw problem(file, line, `${shown(sizeText)} is not a size in bytes`);
  if (!isFileName(name)) throw problem(file, line, `${shown(name)} is not a plain file name`);
  return { digest, size, name, line };
}

function compareTables(expected: readonly Row[], rows: readonly Row[] | undefined, field: string, file: string): void {
  if (rows === undefined) return;
  const sizes = new Map(expected.map((row) => [row.name, row.size]));
  for (const row of rows) {
    const size = sizes.get(row.name);
    if (size === undefined) throw problem(file, row.line, `${field} lists ${shown(row.name)}, which Checksums-Sha256 does not`);
    if (size !== row.size) throw problem(file, row.line, `${field} gives ${shown(row.name)} ${row.size} bytes, Checksums-Sha256 ${size}`);
    sizes.delete(row.name);
  }
  const [missing] = sizes.keys();
  if (missing !== undefined)
    throw new UserError('E_CONTROL', `${field} does not list ${shown(missing)}, which Checksums-Sha256 does`, { place: { file } });
}

function problem(file: string, line: number, message: string): UserError {
  return new UserError('E_CONTROL', message, { place: { file, line } });
}
