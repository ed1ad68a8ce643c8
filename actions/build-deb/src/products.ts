import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@release-kit/action';
import { type Changes, checkPackageFields, type PackageFields, parseChanges, parseDeb822 } from '@release-kit/debian';
import { checkPackageFile, digestFile, type FileKind } from '@release-kit/manifest';
import { withoutEpoch } from './build-version.ts';

export interface Product {
  readonly kind: FileKind;
  readonly name: string;
  /** Of a binary package; undefined for other files. */
  readonly fields: PackageFields | undefined;
}

const isBinary = (kind: FileKind): boolean => kind === 'deb' || kind === 'ddeb' || kind === 'udeb';

/** By the end of the name: what else a source package consists of is `source`. */
export function kindOf(name: string): FileKind {
  const end = /\.(deb|ddeb|udeb|changes|buildinfo|dsc)$/.exec(name)?.[1];
  return end === undefined ? 'source' : (end as FileKind);
}

/** The name that dpkg-genchanges gives for a build of binaries (with or without the source package). */
export function changesName(source: string, version: string, architecture: string): string {
  return `${source}_${withoutEpoch(version)}_${architecture}.changes`;
}

/**
 * Checks the files that a build left in `folder` against its .changes: each there, a plain file, of the size and digest listed,
 * a .deb well formed. `readFields` gives the control file of each binary package as text. Throws E_BUILD_OUTPUT, E_DEB, E_CONTROL.
 */
export async function checkProducts(
  folder: string,
  changesFile: string,
  expected: { readonly source: string; readonly version: string },
  readFields: (names: readonly string[]) => Promise<readonly string[]>,
): Promise<{ readonly changes: Changes; readonly products: readonly Product[] }> {
  await requireFile(folder, changesFile);
  const changes = parseChanges(await readFile(join(folder, changesFile), 'utf8'), changesFile);
  if (changes.source !== expected.source || changes.version !== expected.version) {
    throw new UserError(
      'E_BUILD_OUTPUT',
      `${changesFile} is of ${changes.source} ${changes.version}, but ${expected.source} ${expected.version} was to be built`,
    );
  }
  for (const file of changes.files) await checkListed(folder, file, changesFile);
  const names = changes.files.map((file) => file.name);
  const binaries = names.filter((name) => isBinary(kindOf(name)));
  if (binaries.length === 0) throw new UserError('E_BUILD_OUTPUT', 'the build made no binary package');
  const texts = await readFields(binaries);
  const fields = new Map<string, PackageFields>();
  for (const [index, name] of binaries.entries()) fields.set(name, await checkBinary(folder, name, texts[index] ?? ''));
  const products = [...names, changesFile].sort().map((name) => ({ name, kind: kindOf(name), fields: fields.get(name) }));
  return { changes, products };
}

async function requireFile(folder: string, name: string): Promise<void> {
  const info = await lstat(join(folder, name)).catch(() => undefined);
  if (info === undefined) throw new UserError('E_BUILD_OUTPUT', `the build did not leave ${name}`);
  if (!info.isFile()) throw new UserError('E_BUILD_OUTPUT', `${name} is not a plain file`);
}

async function checkListed(
  folder: string,
  file: { readonly name: string; readonly size: number; readonly sha256: string },
  changesFile: string,
): Promise<void> {
  await requireFile(folder, file.name);
  const { size, sha256 } = await digestFile(join(folder, file.name));
  if (size !== file.size) throw new UserError('E_BUILD_OUTPUT', `${file.name} has ${size} bytes, but ${changesFile} lists ${file.size}`);
  if (sha256 !== file.sha256) throw new UserError('E_BUILD_OUTPUT', `${file.name} has another digest than ${changesFile} lists`);
}

async function checkBinary(folder: string, name: string, control: string): Promise<PackageFields> {
  await checkPackageFile(join(folder, name));
  const [paragraph] = parseDeb822(control, name);
  if (paragraph === undefined) throw new UserError('E_DEB', 'the control file is empty', { place: { file: name } });
  const fields = checkPackageFields(paragraph, name);
  const named = `${fields.package}_${withoutEpoch(fields.version)}_${fields.architecture}.${kindOf(name)}`;
  if (named !== name) throw new UserError('E_DEB', `by its fields the package would be named ${named}`, { place: { file: name } });
  return fields;
}

/** Throws E_BUILD_OUTPUT when a package that debian/control announces was not made. */
export function requireAnnounced(announced: readonly string[], products: readonly Product[], control: string): void {
  const made = new Set(products.map((product) => product.fields?.package));
  const missing = announced.filter((name) => !made.has(name));
  if (missing.length === 0) return;
  throw new UserError('E_BUILD_OUTPUT', `${control} announces ${missing.join(', ')}, which the build did not make`, {
    cure: 'Make the package in debian/rules, or take its paragraph out of debian/control.',
  });
}
