import type { Host } from '@release-kit/action';
import { changelogJson, insertAppstream, insertSection, notesOf, type Release } from '@release-kit/history';
import type { Settings } from '../settings/settings.ts';
import { type PreparedFile, prepared, targetFile, textOf } from './target-file.ts';

/**
 * The files of one release with their new contents; nothing is written. Those of a version (CHANGELOG.md, debian/changelog, AppStream) only when there is
 * something to release; what an unfinished release has none of is told.
 *
 * @throws UserError E_CHANGELOG, E_CHANGELOG_FILE, E_VERSION, E_PATH, E_INPUT
 */
export async function releaseFiles(
  release: Release,
  isReleased: boolean,
  settings: Settings,
  host: Host,
): Promise<readonly PreparedFile[]> {
  const { style, writing, pages } = settings;
  const { output, changelog, debianChangelog, appstream, json, full } = writing;
  const files: PreparedFile[] = [];
  if (output !== undefined) files.push(prepared(await targetFile(output, host), 'release notes', notesOf(release, style)));
  if (json !== undefined && !full)
    files.push(prepared(await targetFile(json, host), 'release as JSON', [...changelogJson([release], style)].join('')));
  const { version } = release;
  const waiting = Object.entries({ changelog: full ? undefined : changelog, 'debian-changelog': debianChangelog, appstream }).filter(
    ([, path]) => path !== undefined,
  );
  if (!isReleased || version === undefined) {
    if (waiting.length > 0) host.log.info(`Not written, since nothing asks for a release: ${waiting.map(([name]) => name).join(', ')}`);
    return files;
  }
  if (changelog !== undefined && !full) {
    const target = await targetFile(changelog, host);
    const file = { path: target.shown, text: textOf(target) };
    files.push(prepared(target, 'section of the changelog', insertSection(file, release, style)));
  }
  if (debianChangelog !== undefined) {
    const { debianEntry } = await import('./debian-entry.ts');
    files.push(await debianEntry(await targetFile(debianChangelog, host), release, version, writing.debian, host));
  }
  if (appstream !== undefined) {
    const target = await targetFile(appstream, host);
    const file = { path: target.shown, text: textOf(target) };
    files.push(prepared(target, 'release of AppStream', insertAppstream(file, release, style, pages?.release(release.name))));
  }
  return files;
}
