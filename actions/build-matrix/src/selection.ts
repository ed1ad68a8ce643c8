import { matches, selects } from '@release-kit/action';
import type { SourcePackage } from './source-package.ts';

/** What there is to tell packages by: the files that changed, or the reason why that does not matter or cannot be known. */
export type Changes =
  | { readonly kind: 'all'; readonly reason: string }
  /** Relative to the root of patterns; what lies outside begins with `../`. `since` says what they were compared with. */
  | { readonly kind: 'files'; readonly files: readonly string[]; readonly since: string };

/** Whether a package is built, and why: a sentence about files of strangers, not yet inert. */
export interface Choice {
  readonly package: SourcePackage;
  readonly built: boolean;
  readonly reason: string;
}

export interface Shared {
  /** Patterns of the configuration. */
  readonly patterns: readonly string[];
  /** The configuration file, relative to the root; undefined when there is none. */
  readonly file: string | undefined;
}

/** More changed files than this are a change of everything. */
export const maxFiles = 20_000;

/**
 * Which packages are built: all, unless the changed files are known; then those that a file belongs to, and those that build-depend
 * on one of them; and those that any of these is built with. One choice for each package, in their order.
 */
export function choosePackages(packages: readonly SourcePackage[], changes: Changes, shared: Shared): readonly Choice[] {
  const all = (reason: string): readonly Choice[] => packages.map((one) => ({ package: one, built: true, reason }));
  if (changes.kind === 'all') return all(changes.reason);
  if (changes.files.length > maxFiles) return all(`more than ${maxFiles} files changed since ${changes.since}`);
  const common = changes.files.filter((file) => isShared(file, shared));
  if (common.length > 0) return all(`${common[0]} changed, which all packages share`);

  const reasons = new Map<SourcePackage, string>();
  for (const one of packages) {
    const files = changes.files.filter((file) => belongs(file, one));
    if (files.length > 0) reasons.set(one, filesChanged(files));
  }
  addDependents(packages, reasons);
  addNeeded(packages, reasons);
  return packages.map((one) => {
    const reason = reasons.get(one);
    return { package: one, built: reason !== undefined, reason: reason ?? `no file of it changed since ${changes.since}` };
  });
}

/** Workflows stand at the root of the checkout, which may be above the root of the patterns. */
function isShared(file: string, { patterns, file: config }: Shared): boolean {
  return file === config || selects(patterns, file.replace(/^(\.\.\/)+/, ''), false);
}

/** The packaging always belongs to a package, the rest of its folder unless the configuration names its files. */
function belongs(file: string, { folder, config }: SourcePackage): boolean {
  if (matches(folder === '.' ? 'debian/**' : `${folder}/debian/**`, file)) return true;
  const inFolder = isIn(file, folder);
  return config?.paths === undefined ? inFolder : selects(config.paths, file, inFolder);
}

/** Also a submodule that holds the folder: git lists it as one file. */
function isIn(file: string, folder: string): boolean {
  if (folder === '.') return !file.startsWith('../');
  return file === folder || file.startsWith(`${folder}/`) || folder.startsWith(`${file}/`);
}

function filesChanged([first = '', ...more]: readonly string[]): string {
  const rest = more.length === 0 ? '' : ` and ${more.length} ${more.length === 1 ? 'other file' : 'other files'}`;
  return `${first}${rest} changed`;
}

/** What a changed package makes may break those that are built with it, and those that are built with them. */
function addDependents(packages: readonly SourcePackage[], reasons: Map<SourcePackage, string>): void {
  const makers = makersOf(packages);
  for (let before = -1; before !== reasons.size; ) {
    before = reasons.size;
    for (const one of packages) {
      if (reasons.has(one)) continue;
      const needed = one.buildDepends.find((name) => {
        const maker = makers.get(name);
        return maker !== undefined && maker !== one && reasons.has(maker);
      });
      if (needed !== undefined) reasons.set(one, `it is built with ${needed} of ${makers.get(needed)?.name}, which is built anew`);
    }
  }
}

/** A build finds what it needs of the same repository nowhere else: the archive has it not yet, or not this one. */
function addNeeded(packages: readonly SourcePackage[], reasons: Map<SourcePackage, string>): void {
  const makers = makersOf(packages);
  // What is added while the map is walked is walked as well.
  for (const [one] of reasons) {
    for (const name of one.buildDepends) {
      const maker = makers.get(name);
      if (maker !== undefined && !reasons.has(maker)) reasons.set(maker, `${one.name} is built with its ${name}`);
    }
  }
}

/** By the names of what they make. */
const makersOf = (packages: readonly SourcePackage[]): ReadonlyMap<string, SourcePackage> =>
  new Map(packages.flatMap((one) => one.binaries.map((binary) => [binary, one] as const)));
