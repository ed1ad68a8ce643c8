import { changelogSchemaVersion } from './changelog-schema.ts';
import type { ParsedCommit } from './commit.ts';
import { compareAddress } from './notes.ts';
import { isListed } from './notes-entries.ts';
import { type NotesStyle, type Sorter, sorterOf } from './notes-style.ts';
import type { Release } from './release.ts';
import { dateOf } from './release-date.ts';

/**
 * Releases as JSON by `changelogSchema`, in pieces that need not be held together: one line for each release, so that long histories can
 * be read line by line too. Addresses of mail are left out.
 */
export function* changelogJson(releases: Iterable<Release>, style: NotesStyle): Generator<string, void> {
  yield jsonChangelogStart;
  let separator = '\n';
  for (const release of releases) {
    yield separator + jsonRelease(release, style);
    separator = ',\n';
  }
  yield jsonChangelogEnd;
}

/** For those who get their releases one after the other: what stands before them; between two are a comma and a line feed. */
export const jsonChangelogStart = `{"schema":${changelogSchemaVersion},"releases":[`;
export const jsonChangelogEnd = '\n]}\n';

/** One release, on one line. */
export function jsonRelease(release: Release, style: NotesStyle): string {
  return JSON.stringify(releaseData(release, style));
}

function releaseData(release: Release, style: NotesStyle) {
  const { name, version, sha, previous, count, commits, contributors } = release;
  const sorter = sorterOf(style.sections);
  return {
    name,
    version: version ?? null,
    sha,
    date: dateOf(release),
    previous: previous === undefined ? null : { name: previous.name, version: previous.version ?? null, reason: previous.reason },
    compare: compareAddress(release, style) || null,
    count,
    breaking: commits.some(({ breaking }) => breaking !== undefined),
    commits: commits.map((commit) => commitData(commit, sorter)),
    contributors: contributors.map((person) => ({ name: person.name, commits: person.commits, first: person.isFirst })),
  };
}

function commitData(commit: ParsedCommit, sorter: Sorter) {
  const { sha, kind, type, scope, description, breaking, pullRequest, issues, authorName, timestamp } = commit;
  const section = isListed(commit) ? sorter.sectionOf(commit) : undefined;
  return {
    sha,
    kind,
    type: type ?? null,
    scope: scope ?? null,
    description,
    breaking: breaking ?? null,
    pullRequest: pullRequest ?? null,
    issues: issues.map(({ action, repository, number }) => ({ action, repository: repository ?? null, number })),
    section: section === undefined || section.hidden === true ? null : section.title,
    author: authorName,
    timestamp,
  };
}
