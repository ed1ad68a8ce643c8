import type { ChangelogConfig, ChangelogFiles } from './changelog-config.ts';

/** The section `changelog` as the file has it; what is undefined is left out by the caller. */
export function rawChangelog(changelog: ChangelogConfig): Readonly<Record<string, unknown>> {
  const { tags, packages, firstVersion, zero, types, aliases, sections, squashes, contributors, links, files, debian, bump } = changelog;
  return {
    tags,
    // An empty list says nothing.
    packages:
      packages.length === 0
        ? undefined
        : packages.map(({ path, files: own, ...rest }) => ({ ...rest, path: path === '' ? '.' : path, files: own && rawFiles(own) })),
    'first-version': firstVersion,
    ...{ zero, types, aliases, sections, squashes },
    'pull-request-titles': changelog.pullRequestTitles,
    contributors,
    'first-timers': changelog.firstTimers,
    links,
    'version-file': changelog.versionFile,
    files: rawFiles(files),
    ...{ debian, bump },
    announcements: { project: changelog.announcements.project, ...changelog.announcements.templates },
  };
}

function rawFiles({ changelog, debianChangelog, appstream, json }: ChangelogFiles) {
  return { changelog, debian: debianChangelog, appstream, json };
}
