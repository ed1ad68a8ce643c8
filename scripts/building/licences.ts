import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BundledPackage } from './bundle-contents.ts';
import { additionFor, allowedLicence, furtherLicenceFiles, licenceText, undeclared } from './licence-policy.ts';

/** A package in a bundle, with what its users have to be given. */
export interface LicensedPackage {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly licence: string;
  /** Licence and notice files, and what stands at the head of single files. */
  readonly texts: readonly string[];
}

/** The bundler's own runtime, which is part of each bundle without being one of its modules. */
export const bundlerFolder = 'node_modules/@vercel/ncc';

/**
 * The same for all packages of a bundle.
 *
 * @throws Error that names every package which may not be in it as it is
 */
export async function licensedPackages(root: string, packages: readonly BundledPackage[]): Promise<readonly LicensedPackage[]> {
  const results = await Promise.allSettled(packages.map((one) => licensedPackage(root, one)));
  const problems = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason).replace(/^Error: /, '')] : []));
  if (problems.length > 0) throw new Error(`${problems.join('\n')}\nLook at what it asks for, and see scripts/building/licence-policy.ts.`);
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

/**
 * Looks up under which licence a package is.
 *
 * @param root absolute; the repository
 * @throws Error for a licence that is not allowed, or a package without its text
 */
export async function licensedPackage(root: string, { folder, modules }: BundledPackage): Promise<LicensedPackage> {
  const about: unknown = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
  const [name, version, declared] = ['name', 'version', 'license'].map((field) => Reflect.get(Object(about), field) as unknown);
  if (typeof name !== 'string' || typeof version !== 'string') throw new Error(`${folder} has no name or no version`);
  const files = (await readdir(join(root, folder))).filter((file) => /^(licen[cs]e|copying|unlicense|notice)/i.test(file)).sort();
  files.push(...furtherLicenceFiles(name));
  const texts = await Promise.all(files.map(async (file) => tidy(await readFile(join(root, folder, file), 'utf8'))));
  const byHand = undeclared(name, version);
  if (texts.length === 0 && byHand === undefined) throw new Error(`${name} ${version} comes without the text of its licence`);
  return {
    ...{ folder, name, version },
    licence: allowedLicence(name, byHand?.licence ?? declared),
    texts: [
      ...texts,
      ...(byHand === undefined ? [] : [licenceText(byHand)]),
      ...(await noticesIn(root, modules)),
      ...(await additions(name)),
    ],
  };
}

/** Comments that ask to be kept, as `/*! x - MIT License (c) y *\/`: a package may hold code of others. */
async function noticesIn(root: string, modules: readonly string[]): Promise<readonly string[]> {
  const notices = new Set<string>();
  for (const module of modules) {
    const text = await readFile(join(root, module), 'utf8');
    for (const [, comment = ''] of text.matchAll(/\/\*!([\s\S]{1,4000}?)\*\//g))
      if (/licen[cs]e|copyright|\(c\)/i.test(comment)) notices.add(tidy(comment.replace(/^[ \t]*\*+ ?/gm, '')));
  }
  return notices.size === 0 ? [] : [`Notices in its files:\n\n${[...notices].sort().join('\n')}`];
}

async function additions(name: string): Promise<readonly string[]> {
  const addition = additionFor(name);
  if (addition === undefined) return [];
  return [addition.note, tidy(await readFile(join(import.meta.dirname, 'licence-texts', addition.text), 'utf8'))];
}

const tidy = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trim();

const rule = '-'.repeat(80);

/** licenses.txt of a bundle: what is in it, and under which licence, each with its text. */
export function licencesPage(action: string, packages: readonly LicensedPackage[]): string {
  const sorted = [...packages].sort(byName);
  return `${[
    `${action} is part of release-kit, under the Apache License 2.0 (LICENSE at the root of the tree).`,
    'Its bundle holds code of these packages, under their own licences:',
    '',
    ...sorted.map(({ name, version, licence }) => `  ${name} ${version}: ${licence}`),
    ...sorted.flatMap(({ name, version, licence, texts }) => ['', rule, `${name} ${version}`, licence, rule, '', texts.join('\n\n')]),
  ].join('\n')}\n`;
}

export const byName = (a: LicensedPackage, b: LicensedPackage): number =>
  a.name === b.name ? (a.folder < b.folder ? -1 : 1) : a.name < b.name ? -1 : 1;
