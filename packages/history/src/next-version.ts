import { UserError } from '@release-kit/action/errors';
import semver from 'semver';
import type { ParsedCommit } from './commit.ts';

export type Bump = 'major' | 'minor' | 'patch' | 'none';

export interface NextVersion {
  readonly version: string;
  readonly bump: Bump | 'initial';
}

/** Of a project without any release. */
export const firstVersion = '0.1.0';

/** Types that users of the package do not notice: they ask for no release. */
const silentTypes: ReadonlySet<string> = new Set(['build', 'chore', 'ci', 'docs', 'refactor', 'style', 'test', 'tests']);

/** What one commit asks for. A commit whose header says nothing known may change anything, so it asks for a patch. */
export function bumpOf({ kind, type, breaking }: ParsedCommit): Bump {
  if (breaking !== undefined) return 'major';
  if (kind === 'merge') return 'none';
  if (kind === 'revert' || type === undefined) return 'patch';
  if (type === 'feat' || type === 'feature') return 'minor';
  return silentTypes.has(type) ? 'none' : 'patch';
}

const order: readonly Bump[] = ['none', 'patch', 'minor', 'major'];

/**
 * The version after `previous` (semantic version, undefined before the first release) with these commits in it, as
 * Semantic Versioning 2.0.0 wants it. While the major version is 0 a breaking change raises the minor version (item 4:
 * anything may change). After a pre-release of a higher version, that version follows at the least.
 *
 * @param newest the greatest version already tagged, pre-releases as well
 * @throws UserError E_HISTORY when `previous` is no semantic version
 */
export function nextVersion(previous: string | undefined, commits: readonly ParsedCommit[], newest?: string): NextVersion {
  const announced = newest === undefined ? undefined : coreOf(newest);
  if (previous === undefined) return { version: announced ?? firstVersion, bump: 'initial' };
  const from = semver.parse(previous);
  if (from === null) throw new UserError('E_HISTORY', `${JSON.stringify(previous)} is not a semantic version`);
  const asked = commits.map(bumpOf).reduce((most, bump) => (order.indexOf(bump) > order.indexOf(most) ? bump : most), 'none' as Bump);
  const bump = asked === 'major' && from.major === 0 ? 'minor' : asked;
  const counted = bump === 'none' ? from.version : (semver.inc(from.version, bump) ?? from.version);
  if (bump === 'none' || announced === undefined || semver.gte(counted, announced)) return { version: counted, bump };
  return { version: announced, bump: bumpBetween(previous, announced) };
}

/** Which part of the version grew; `none` between pre-releases of one version. */
export function bumpBetween(previous: string, version: string): Bump {
  const [a, b] = [semver.parse(previous), semver.parse(version)];
  if (a === null || b === null)
    throw new UserError('E_HISTORY', `${JSON.stringify(a === null ? previous : version)} is not a semantic version`);
  if (a.major !== b.major) return 'major';
  if (a.minor !== b.minor) return 'minor';
  return a.patch === b.patch ? 'none' : 'patch';
}

/** `1.3.0-rc.1` -> `1.3.0` */
function coreOf(version: string): string | undefined {
  const parsed = semver.parse(version);
  return parsed === null ? undefined : `${parsed.major}.${parsed.minor}.${parsed.patch}`;
}
