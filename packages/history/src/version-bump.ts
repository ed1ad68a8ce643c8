import { UserError } from '@release-kit/action/errors';
import semver from 'semver';
import type { ParsedCommit } from './commit.ts';

export type Bump = 'major' | 'minor' | 'patch' | 'none';

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

/** Which part of the version grew; `none` between pre-releases of one version. */
export function bumpBetween(previous: string, version: string): Bump {
  const [a, b] = [semver.parse(previous), semver.parse(version)];
  if (a === null || b === null)
    throw new UserError('E_HISTORY', `${JSON.stringify(a === null ? previous : version)} is not a semantic version`);
  if (a.major !== b.major) return 'major';
  if (a.minor !== b.minor) return 'minor';
  return a.patch === b.patch ? 'none' : 'patch';
}
