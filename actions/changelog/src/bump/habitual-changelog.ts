import { existsSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { isInside, UserError } from '@release-kit/action';
import type { BumpConfig, ChangelogFiles } from '@release-kit/config';

/**
 * debian/changelog holds the version too, but gets an entry instead of another number: it is among the files of a release where it is listed with those
 * that hold the version, and where nobody listed any. Throws E_PATH where it leads out of the repository.
 */
export function withHabitualChangelog(
  files: ChangelogFiles,
  { files: listed }: BumpConfig,
  { root, folder }: { readonly root: string; readonly folder: string },
): ChangelogFiles {
  if (files.debianChangelog !== undefined) return files;
  const path = join(folder, 'debian', 'changelog');
  const isMeant = listed === undefined ? existsSync(path) : listed.some(isDebianChangelog);
  if (!isMeant) return files;
  if (!isInside(root, path))
    throw new UserError('E_PATH', 'debian/changelog leads out of the repository, and nothing there is changed', {
      place: { file: relative(root, path) },
    });
  return { ...files, debianChangelog: 'debian/changelog' };
}

export function isDebianChangelog(path: string): boolean {
  return posix.normalize(path) === 'debian/changelog';
}
