import { UserError } from '@release-kit/action';
import { migrationGuide, type NotesStyle, type Release, type VersionRange } from '@release-kit/history';

/** Versions that a guide leads from and to; undefined: this release and the one before it. */
export interface WantedMigration {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/**
 * What people must do on the way from one version to another. Only when another range than that of this release is wanted, other releases are looked at.
 *
 * @param all every release, asked for when they are needed
 * @throws UserError E_INPUT for a range that is none, and where no version is known to start from
 */
export async function migrate(
  wanted: WantedMigration,
  release: Release,
  all: (order: 'strict') => AsyncIterable<Release>,
  style: NotesStyle,
): Promise<string> {
  const to = wanted.to ?? release.version ?? release.previous?.version;
  const from = wanted.from ?? (wanted.to === undefined ? release.previous?.version : undefined);
  if (from === undefined || to === undefined)
    throw new UserError('E_INPUT', 'the migration guide has no version to start from', {
      cure: 'Name it by migrate-from; a first release alone has none.',
    });
  const range: VersionRange = { from, to };
  if (wanted.from === undefined && wanted.to === undefined)
    return migrationGuide(release.version === undefined ? [] : [release], range, style);
  const releases: Release[] = [];
  // Of a long history only what breaks is kept.
  for await (const each of all('strict'))
    releases.push({ ...each, commits: each.commits.filter(({ breaking }) => breaking !== undefined), contributors: [] });
  return migrationGuide(releases, range, style);
}
