import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { codeSpan, type Host, inertLine, prepareReports, writeTogether } from '@release-kit/action';
import type { LogOrder } from '@release-kit/git';
import { IncompleteHistory, notesOf, type Release, tagName } from '@release-kit/history';
import { notesOutput } from './notes-output.ts';
import type { NextRelease } from './project-history.ts';
import type { Settings } from './settings/settings.ts';
import { announce, announcementText } from './writing/announcing.ts';
import { migrate } from './writing/migrating.ts';
import { releaseFiles } from './writing/release-files.ts';
import { type PreparedFile, prepared, targetFile } from './writing/target-file.ts';
import { refuseTwice } from './writing/written-once.ts';

/** Every release of the package, newest first, in one pass; asked for only where the whole history is needed. */
export type AllReleases = (order: LogOrder) => AsyncIterable<Release>;

/** What else is written with the files that were asked for. */
export interface Besides {
  readonly files: readonly PreparedFile[];
  /** Only say what would be written. */
  readonly dryRun: boolean;
}

/** What was found out, as outputs; files are prepared before the first is written, so that none is when one cannot be. */
export async function tellAndWrite(next: NextRelease, all: AllReleases, settings: Settings, besides: Besides, host: Host) {
  if (!besides.dryRun) await prepareReports(writtenPaths(settings));
  const { plan, release, start } = next;
  await using folder = await host.files.temporary('history');
  const announcement = await announcementOf(release, settings, host);
  const files = [
    ...besides.files,
    ...(await releaseFiles(release, release.version !== undefined, settings, host)),
    ...(await migrationFile(release, all, settings, host)),
    ...(await announcementFile(announcement, settings, host)),
    ...(await historyFiles(all, settings, folder.path, host)),
  ];
  refuseTwice(files);
  const changed = besides.dryRun ? tellUnwritten(files, host) : await writePrepared(files, host);

  const notes = notesOf(release, settings.style);
  const reason = [...plan.explain, comparison(start)];
  host.summary.add(summaryOf(plan.version, notes, reason, files));
  return {
    version: plan.version,
    previous: start?.name ?? '',
    bump: plan.bump,
    notes: notesOutput(notes, release, settings.style),
    reason: reason.join('\n'),
    tag: release.version === undefined ? tagName(settings.package.family, plan.version) : release.name,
    released: String(release.version !== undefined),
    changed: changed.join('\n'),
    announcement: announcement ?? '',
    pullRequest: '',
    problems: '',
  };
}

/** Writes what is not as before, all or nothing; the names of what changed, as people know them. */
export async function writePrepared(files: readonly PreparedFile[], { log }: Host): Promise<readonly string[]> {
  const changed = files.filter(({ isChanged }) => isChanged);
  await writeTogether(changed);
  for (const { shown, what, isChanged } of files) log.info(`${isChanged ? 'Written' : 'As before'}: ${inertLine(shown)} (${what})`);
  return changed.map(({ shown }) => shown);
}

function tellUnwritten(files: readonly PreparedFile[], { log }: Host): readonly string[] {
  for (const { shown, what, isChanged } of files)
    log.info(`${isChanged ? 'Would be written' : 'As before'}: ${inertLine(shown)} (${what})`);
  log.info('A dry run: nothing was written');
  return [];
}

function writtenPaths({ writing }: Settings): Readonly<Record<string, string | undefined>> {
  const { output, changelog, debianChangelog, appstream, json, migrationGuide, announcement } = writing;
  return {
    ...{ output, changelog, 'debian-changelog': debianChangelog, appstream, json },
    ...{ 'migration-guide': migrationGuide, 'announcement-file': announcement?.file },
  };
}

function comparison(start: NextRelease['start']): string {
  return start === undefined
    ? 'Compared with nothing: this is the first release'
    : `Compared with ${inertLine(start.name)}: ${start.reason}`;
}

async function migrationFile(
  release: Release,
  all: AllReleases,
  { writing, style }: Settings,
  host: Host,
): Promise<readonly PreparedFile[]> {
  const { migrationGuide, migration } = writing;
  if (migrationGuide === undefined) return [];
  if (release.version === undefined && migration.from === undefined && migration.to === undefined) {
    host.log.info('Not written, since nothing asks for a release: migration-guide');
    return [];
  }
  return [prepared(await targetFile(migrationGuide, host), 'migration guide', await migrate(migration, release, all, style))];
}

/** undefined: none was asked for. */
async function announcementOf(release: Release, settings: Settings, host: Host): Promise<string | undefined> {
  const { announcement } = settings.writing;
  if (announcement === undefined) return undefined;
  if (release.version === undefined) {
    host.log.info('Nothing is announced, since nothing asks for a release');
    return undefined;
  }
  return announcementText(await announce(announcement, release, settings, host));
}

async function announcementFile(text: string | undefined, { writing }: Settings, host: Host): Promise<readonly PreparedFile[]> {
  const file = writing.announcement?.file;
  return text === undefined || file === undefined ? [] : [prepared(await targetFile(file, host), 'announcement', text)];
}

async function historyFiles(all: AllReleases, settings: Settings, folder: string, host: Host): Promise<readonly PreparedFile[]> {
  if (!settings.writing.full) return [];
  const { fullHistory } = await import('./writing/full-history.ts');
  try {
    return await fullHistory(all('dates'), settings, folder, host);
  } catch (error) {
    if (!(error instanceof IncompleteHistory)) throw error;
  }
  // Some clock was wrong. What was written is nobody's yet.
  const another = join(folder, 'strict');
  await mkdir(another);
  return await fullHistory(all('strict'), settings, another, host);
}

function summaryOf(version: string, notes: string, reason: readonly string[], files: readonly PreparedFile[]): string {
  const written = files.map(({ shown, what, isChanged }) => `- ${codeSpan(shown)}: ${what}${isChanged ? '' : ', as before'}`);
  return [
    `# Release notes for ${version}`,
    '',
    notes,
    '<details><summary>Why this version</summary>',
    '',
    ...reason.map((line) => `- ${codeSpan(line)}`),
    '',
    '</details>',
    ...(written.length === 0 ? [] : ['', '## Files', '', ...written]),
    '',
  ].join('\n');
}
