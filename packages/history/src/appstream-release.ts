import { xmlText } from '@release-kit/action/xml-text';
import semver from 'semver';
import type { ParsedCommit } from './commit.ts';
import { oneLine } from './inert-commit.ts';
import { isListed } from './notes-entries.ts';
import { type NotesStyle, sorterOf } from './notes-style.ts';
import type { Release } from './release.ts';
import { dateOf } from './release-date.ts';

/** Software centres show this to users, who care for nothing else. */
const forUsers = ['!', 'feat', 'feature', 'fix', 'perf'];
const maxEntries = 10;

/**
 * The element `<release>` of AppStream 1.0 (section 2.1.7, Release Information), in lines without indentation of their own level; `unit` is one
 * step further in. Only what users see: what breaks, features, fixes, performance, at most ten of each. `address`: the page of the release.
 */
export function appstreamRelease(
  version: string,
  release: Release,
  style: NotesStyle,
  address: string | undefined,
  unit: string,
): readonly string[] {
  const type = semver.prerelease(version) === null ? 'stable' : 'development';
  const head = `version="${xmlText(appstreamVersion(version))}" date="${dateOf(release)}" type="${type}"`;
  const url = address === undefined ? [] : [`<url type="details">${xmlText(address)}</url>`];
  const description = descriptionOf(release, style, unit);
  const inside = [...url, ...(description.length === 0 ? [] : ['<description>', ...indent(description, unit), '</description>'])];
  return inside.length === 0 ? [`<release ${head}/>`] : [`<release ${head}>`, ...indent(inside, unit), '</release>'];
}

/** AppStream compares as RPM does: a tilde sorts before everything, a hyphen would put the candidate behind the release. */
export function appstreamVersion(version: string): string {
  return version.replace('-', '~');
}

function descriptionOf({ commits }: Release, style: NotesStyle, unit: string): readonly string[] {
  const sorter = sorterOf(style.sections);
  const groups = Map.groupBy(commits.filter(isListed), sorter.sectionOf);
  const lines: string[] = [];
  for (const section of style.sections) {
    const group = groups.get(section) ?? [];
    if (section.hidden === true || group.length === 0 || !section.types.some((type) => forUsers.includes(type))) continue;
    const more = group.length > maxEntries ? [`and ${group.length - maxEntries} more`] : [];
    const items = [...group.slice(0, maxEntries).map(wordsOf), ...more];
    lines.push(
      `<p>${xmlText(section.title)}:</p>`,
      '<ul>',
      ...indent(
        items.map((item) => `<li>${item}</li>`),
        unit,
      ),
      '</ul>',
    );
  }
  return lines;
}

/** Addresses lose their scheme: AppStream wants none in descriptions (description-has-plaintext-url). */
function wordsOf({ scope, description }: ParsedCommit): string {
  const text = oneLine(`${scope === undefined ? '' : `${oneLine(scope, 100)}: `}${description.replace(/\s*\(#\d{1,9}\)$/, '')}`, 300);
  return xmlText(text.replace(/(?:https?|ftp):\/\//gi, '') || '(no subject)');
}

export function indent(lines: readonly string[], unit: string): readonly string[] {
  return lines.map((line) => unit + line);
}
