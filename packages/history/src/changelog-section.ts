import { inertMarkdown } from '@release-kit/action/inert';
import { compareAddress } from './notes.ts';
import { entryOf, headingOf, isListed } from './notes-entries.ts';
import { type NotesStyle, sorterOf } from './notes-style.ts';
import type { Release } from './release.ts';
import { dateOf } from './release-date.ts';

/** What a release is called in a changelog: its version, which is plain text in Markdown, else its name, made inert. */
export function labelOf({ version, name }: Pick<Release, 'version' | 'name'>): string {
  return version ?? inertMarkdown(name);
}

/**
 * One release as a part of CHANGELOG.md, in pieces that need not be held together: a heading `## [2.0.0](address) - 2026-03-01`, then
 * the sections one level below. It has no limit, and its time grows with its commits alone.
 */
export function* sectionOf(release: Release, style: NotesStyle): Generator<string, void> {
  const label = labelOf(release);
  const address = compareAddress(release, style);
  yield `## ${address === '' ? label : `[${label}](${address})`} - ${dateOf(release)}\n\n`;
  yield* bodyOf(release, style, '###');
}

/** What stands below the heading; each piece ends a line. */
export function* bodyOf(release: Release, style: NotesStyle, level: string): Generator<string, void> {
  const sorter = sorterOf(style.sections);
  const groups = Map.groupBy(release.commits.filter(isListed), sorter.sectionOf);
  let isEmpty = true;
  for (const section of style.sections) {
    const group = section.hidden === true ? [] : (groups.get(section) ?? []);
    if (group.length === 0) continue;
    isEmpty = false;
    yield `${headingOf(section, level)}\n\n`;
    for (const commit of group) yield `${entryOf(commit, sorter, style)}\n`;
    yield '\n';
  }
  if (isEmpty) yield 'No changes to list.\n\n';
}

/** A whole changelog, newest first as `releases` are given; the head comes once. */
export function* changelogOf(releases: Iterable<Release>, style: NotesStyle): Generator<string, void> {
  yield `${changelogTitle}\n\n`;
  for (const release of releases) yield* sectionOf(release, style);
}

export const changelogTitle = '# Changelog';
