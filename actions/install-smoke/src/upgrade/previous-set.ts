import { inertLine } from '@release-kit/action';
import { compareVersions } from '@release-kit/debian';
import type { PackageFile, PackageSet } from '../package-manager.ts';

/** What was found of the previous release, held against what is tried. */
export type PreviousChoice =
  /** `fresh`: packages that it does not have. */
  | { readonly kind: 'found'; readonly set: PackageSet; readonly fresh: readonly string[] }
  /** There is nothing to come from. One line, inert. */
  | { readonly kind: 'none'; readonly reason: string }
  /** It is this very version, as a run on an old commit finds. One line, inert. */
  | { readonly kind: 'same'; readonly reason: string }
  /** It is no previous one. One line, inert. */
  | { readonly kind: 'wrong'; readonly reason: string };

/**
 * Picks what was installed before `packages`: of each the newest version that is lower (deb-version(7)). One that did not change is
 * taken as it is, so that others of its release can depend on it.
 */
export function choosePrevious(found: readonly PackageFile[], packages: PackageSet, architecture: string): PreviousChoice {
  const previous: PackageFile[] = [];
  const fresh: string[] = [];
  const same: string[] = [];
  const higher: string[] = [];
  for (const now of packages.packages) {
    const candidates = found.filter((each) => each.name === now.name && ['all', architecture].includes(each.architecture));
    const [newest] = candidates
      .filter((each) => compareVersions(each.version, now.version) < 0)
      .sort((a, b) => compareVersions(b.version, a.version));
    if (newest !== undefined) previous.push(newest);
    else if (candidates.some((each) => compareVersions(each.version, now.version) === 0)) same.push(now.name);
    else if (candidates[0] !== undefined) higher.push(`${now.name} ${candidates[0].version}, which is not lower than ${now.version}`);
    else fresh.push(now.name);
  }
  if (higher.length > 0) return { kind: 'wrong', reason: inertLine(`it has ${higher.join('; ')}`) };
  if (previous.length === 0) {
    const [first] = packages.packages.filter(({ name }) => same.includes(name));
    if (first !== undefined) return { kind: 'same', reason: inertLine(`the previous release has the same version, ${first.version}`) };
    return { kind: 'none', reason: inertLine(`the previous release has no ${fresh.join(', ')} for ${architecture}`) };
  }
  const unchanged = packages.packages.filter(({ name }) => same.includes(name));
  return { kind: 'found', set: { label: 'previous', packages: [...previous, ...unchanged] }, fresh: fresh.map(inertLine) };
}

/** `hello 1.0-1, libhello1 1.0-1` */
export function versionsText({ packages }: PackageSet): string {
  return inertLine(packages.map(({ name, version }) => `${name} ${version}`).join(', '));
}
