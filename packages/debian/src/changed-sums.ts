import { UserError } from '@release-kit/action/errors';
import { type Paragraph, parseDeb822 } from './deb822.ts';
import { shown } from './shown.ts';

/** A file as .dsc, .changes and .buildinfo files list it; digests in lower-case hexadecimal. */
export interface FileSums {
  /** A plain file name. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
}

/** Tables of deb-changes(5), dsc(5) and deb-buildinfo(5); Files holds MD5 sums. */
const tables: Readonly<Record<string, 'md5' | 'sha1' | 'sha256'>> = {
  files: 'md5',
  'checksums-md5': 'md5',
  'checksums-sha1': 'sha1',
  'checksums-sha256': 'sha256',
};

/**
 * The text of a .dsc, .changes or .buildinfo file (without a signature around it) with new sizes and digests of these files, in all
 * tables that list them. Every other byte stays. Throws E_CONTROL for a text that is no control file, and for a table of digests we
 * do not know.
 */
export function withChangedSums(text: string, file: string, changed: readonly FileSums[]): string {
  const byName = new Map(changed.map((sums) => [sums.name, sums]));
  const lines = text.split('\n');
  for (const { name, line, rows } of tablesOf(parseDeb822(text, file))) {
    const kind = tables[name.toLowerCase()];
    for (const at of rows) {
      const row = lines[at - 1] ?? '';
      const sums = byName.get(
        row
          .trimEnd()
          .split(/[ \t]+/)
          .at(-1) ?? '',
      );
      if (sums === undefined) continue;
      if (kind === undefined) throw unknownTable(name, sums.name, file, line);
      // Digest and size are the first words of a row; section and priority may follow.
      lines[at - 1] = row.replace(/^([ \t]+)[^ \t]+([ \t]+)[0-9]+(?=[ \t])/, (_, before: string, between: string) =>
        [before, sums[kind], between, sums.size].join(''),
      );
    }
  }
  return lines.join('\n');
}

interface Table {
  readonly name: string;
  /** Of the name, from 1. */
  readonly line: number;
  /** Numbers of the lines that belong to it. */
  readonly rows: readonly number[];
}

function tablesOf(paragraphs: readonly Paragraph[]): readonly Table[] {
  return paragraphs
    .flatMap(({ fields }) => fields)
    .filter(({ name }) => /^(?:Files|Checksums-.*)$/i.test(name))
    .map(({ name, line, value }) => ({
      name,
      line,
      rows: value
        .split('\n')
        .slice(1)
        .map((_, index) => line + 1 + index),
    }));
}

function unknownTable(table: string, name: string, file: string, line: number): UserError {
  return new UserError(
    'E_CONTROL',
    `${shown(table)} lists ${shown(name)}, whose bytes change, with digests that release-kit does not know`,
    {
      place: { file, line },
    },
  );
}
