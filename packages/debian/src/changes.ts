import { UserError } from '@release-kit/action/errors';
import { readClearSigned } from './clear-signed.ts';
import { type Paragraph, parseDeb822 } from './deb822.ts';
import { type ListedFile, readFileTables } from './file-table.ts';
import { isArchitectureWord, isPackageName } from './names.ts';
import { shown } from './shown.ts';
import { parseVersion } from './version.ts';

export interface FileListing {
  /** The source package. */
  readonly source: string;
  readonly version: string;
  readonly architectures: readonly string[];
  /** The binary packages; may be empty in a .changes file of sources only. */
  readonly binaries: readonly string[];
  /** In the order of Checksums-Sha256. */
  readonly files: readonly ListedFile[];
  /** Inside a clear signature, which is not verified here. */
  readonly signed: boolean;
}

export interface Changes extends FileListing {
  readonly distribution: string;
}

/** Reads a .changes file (deb-changes(5)), clear-signed or not. Throws E_CONTROL or E_VERSION with the place. */
export function parseChanges(text: string, file: string): Changes {
  const { paragraph, signed } = readSingle(text, file);
  const distribution = required(paragraph, 'Distribution', file);
  if (!/^[A-Za-z0-9][-+.A-Za-z0-9 ]*$/.test(distribution)) throw wrong(paragraph, 'Distribution', file, 'is not a distribution');
  return { ...readCommon(paragraph, file), files: readFileTables(paragraph, file, 5), distribution, signed };
}

export interface SourceListing extends FileListing {
  /** Build-Depends and its kin, as they stand in debian/control. */
  readonly needs: Readonly<Record<string, string>>;
}

/** The fields that say what must and must not be installed for a build (Policy 7.7). */
export const buildRelationFields: readonly string[] = ['Build-Depends', 'Build-Conflicts'].flatMap((field) => [
  field,
  `${field}-Arch`,
  `${field}-Indep`,
]);

/** Those of the fields that are there. */
export function buildRelations(paragraph: Paragraph): Readonly<Record<string, string>> {
  return Object.fromEntries(
    buildRelationFields.flatMap((field) => {
      const value = paragraph.get(field);
      return value === undefined ? [] : [[field, value] as const];
    }),
  );
}

/** Reads a .dsc file (dsc(5)), clear-signed or not. Throws like parseChanges. */
export function parseDsc(text: string, file: string): SourceListing {
  const { paragraph, signed } = readSingle(text, file);
  return { ...readCommon(paragraph, file), files: readFileTables(paragraph, file, 3), signed, needs: buildRelations(paragraph) };
}

/** Reads a .buildinfo file (deb-buildinfo(5)), clear-signed or not. Throws like parseChanges. */
export function parseBuildinfo(text: string, file: string): FileListing {
  const { paragraph, signed } = readSingle(text, file);
  return { ...readCommon(paragraph, file), files: readFileTables(paragraph, file, undefined), signed };
}

function readSingle(text: string, file: string): { readonly paragraph: Paragraph; readonly signed: boolean } {
  const { text: inner, firstLine, signed } = readClearSigned(text, file);
  const [paragraph, second] = parseDeb822(inner, file, { firstLine });
  if (paragraph === undefined) throw new UserError('E_CONTROL', 'the file is empty', { place: { file } });
  if (second !== undefined) {
    throw new UserError('E_CONTROL', 'there is a second paragraph, but this file has only one', {
      place: { file, line: second.fields[0]?.line ?? firstLine },
    });
  }
  return { paragraph, signed };
}

function readCommon(paragraph: Paragraph, file: string): Pick<FileListing, 'source' | 'version' | 'architectures' | 'binaries'> {
  // A rebuild without changes names the version of its source: `hello (2.10-3)`.
  const source = required(paragraph, 'Source', file).replace(/ \([^()]*\)$/, '');
  if (!isPackageName(source)) throw wrong(paragraph, 'Source', file, 'is not a package name');
  const version = required(paragraph, 'Version', file);
  checkVersion(version, paragraph, file);
  const architectures = words(required(paragraph, 'Architecture', file));
  if (!architectures.every(isArchitectureWord)) throw wrong(paragraph, 'Architecture', file, 'is not a list of architectures');
  const binaries = words(paragraph.get('Binary') ?? '');
  if (!binaries.every(isPackageName)) throw wrong(paragraph, 'Binary', file, 'is not a list of package names');
  return { source, version, architectures, binaries };
}

function checkVersion(version: string, paragraph: Paragraph, file: string): void {
  try {
    parseVersion(version);
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    throw new UserError('E_VERSION', cause.message, { place: { file, line: paragraph.line('Version') ?? 1 }, cause });
  }
}

/** Separated by blanks, or in a .dsc file by commas; folded over lines as well. */
function words(value: string): readonly string[] {
  return value.split(/[\s,]+/).filter((word) => word !== '');
}

function required(paragraph: Paragraph, field: string, file: string): string {
  const value = paragraph.get(field);
  if (value === undefined || value === '')
    throw new UserError('E_CONTROL', `the field ${field} is missing or empty`, {
      place: { file, line: paragraph.line(field) ?? paragraph.fields[0]?.line ?? 1 },
    });
  return value;
}

function wrong(paragraph: Paragraph, field: string, file: string, what: string): UserError {
  return new UserError('E_CONTROL', `${field}: ${shown(paragraph.get(field) ?? '')} ${what}`, {
    place: { file, line: paragraph.line(field) ?? 1 },
  });
}
