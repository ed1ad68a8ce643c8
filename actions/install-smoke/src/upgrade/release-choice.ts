import { UserError } from '@release-kit/action';
import { compareVersions, debianVersionOf, parseTag, parseVersion } from '@release-kit/debian';
import type { PublishedAsset, PublishedRelease } from '@release-kit/github';
import type { PackageSet } from '../package-manager.ts';

/**
 * The releases that may be the one before `version`, the likeliest first: lower ones, the highest before the others, and pre-releases
 * only after all the rest, since hardly anybody comes from them. Those whose tag holds no version are left out.
 */
export function releasesBefore(releases: readonly PublishedRelease[], version: string): readonly PublishedRelease[] {
  const ours = parseVersion(version).upstream;
  return releases
    .map((release) => ({ release, version: versionInTag(release.tag) }))
    .flatMap((each) => (each.version !== undefined && compareVersions(each.version, ours) < 0 ? [{ ...each, version: each.version }] : []))
    .sort((a, b) => Number(a.release.prerelease) - Number(b.release.prerelease) || compareVersions(b.version, a.version))
    .map(({ release }) => release);
}

/** `v1.2.3-rc.1` and `hello-1.2.3` alike; undefined when there is none in it. */
export function versionInTag(tag: string): string | undefined {
  try {
    return debianVersionOf(parseTag(tag).version, '');
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  // Tags of projects that have rules of their own: the last part that begins with a digit.
  const found = /(?:^|[-_/v])(\d[A-Za-z0-9.+~]*)$/.exec(tag)?.[1];
  return found === undefined ? undefined : found;
}

/**
 * The assets that may be packages of the set for an architecture. GitHub keeps names but for `~`, and what a file really is, is read
 * from the file: more may be taken than are needed.
 */
export function assetsFor(assets: readonly PublishedAsset[], set: PackageSet, architecture: string): readonly PublishedAsset[] {
  const names = new Set(set.packages.map(({ name }) => name));
  return assets.filter(({ name: file }) => {
    const [, name = '', built = ''] = /^([^_]+)_[^_]+_([a-z0-9-]+)\.deb$/.exec(file) ?? [];
    return names.has(name) && ['all', architecture].includes(built);
  });
}
