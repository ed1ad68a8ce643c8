import type { Host } from '@release-kit/action';
import type { Git } from '@release-kit/git';
import type { NextRelease } from '../project-history.ts';
import type { Settings } from '../settings/settings.ts';
import { releaseFiles } from '../writing/release-files.ts';
import type { PreparedFile } from '../writing/target-file.ts';
import { refuseTwice } from '../writing/written-once.ts';
import { tellVersions, versionFiles } from './version-files.ts';

/**
 * Everything that a commit which makes the release changes: the files that hold the version, then changelogs and whatever else is configured to be written.
 * Nothing is written yet.
 *
 * @throws UserError E_BUMP, E_PATH, E_CHANGELOG, E_CHANGELOG_FILE, E_VERSION, E_INPUT
 */
export async function preparedRelease(next: NextRelease, settings: Settings, git: Git, host: Host): Promise<readonly PreparedFile[]> {
  const versions = await bumpedFiles(next, settings, git, host);
  const files = [...versions, ...(await releaseFiles(next.release, next.release.version !== undefined, settings, host))];
  refuseTwice(files);
  return files;
}

/** The files that hold the version, and what changes in them is told; none when nothing asks for a release. */
export async function bumpedFiles(next: NextRelease, settings: Settings, git: Git, host: Host): Promise<readonly PreparedFile[]> {
  const { release, before } = next;
  const { version } = release;
  if (version === undefined) {
    host.log.info(`Nothing asks for a release after ${next.plan.version}, so no version is changed`);
    return [];
  }
  const versions = await versionFiles({ version, before }, settings, git, host);
  tellVersions(versions, version, host);
  return versions.files;
}
