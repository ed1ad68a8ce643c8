import { debianVersionOf } from './tag.ts';
import { parseVersion } from './version.ts';

/**
 * The Debian version of a release that follows `newest`, the version of the newest entry of debian/changelog: as `debianVersionOf` maps the
 * semantic version, with the epoch of `newest`, and without a revision when `newest` has none (a native package). `revision` is what
 * another new upstream version starts with, `1` when it is not given. Throws E_VERSION.
 */
export function debianVersionAfter(semantic: string, newest: string | undefined, revision?: string): string {
  const before = newest === undefined ? undefined : parseVersion(newest);
  const isNative = before !== undefined && before.revision === undefined;
  const version = debianVersionOf(semantic, revision ?? (isNative ? '' : '1'));
  // An epoch once used has to stay, or the release would be older than all before it (Debian Policy 5.6.12).
  return before === undefined || before.epoch === 0 ? version : `${before.epoch}:${version}`;
}
