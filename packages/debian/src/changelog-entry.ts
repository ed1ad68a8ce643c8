import { UserError } from '@release-kit/action/errors';
import { parseChangelog } from './changelog.ts';
import { type AuthorChanges, authorHeading, groupChanges, type NewChange } from './changelog-change.ts';
import { formatDate } from './date.ts';
import { shown } from './shown.ts';

export interface NewChangelogEntry {
  readonly package: string;
  readonly version: string;
  readonly distribution: string;
  readonly urgency: string;
  /** Each becomes a bullet, its lines are wrapped. At least one. When they have several authors, each one's stand below the name, as dch does. */
  readonly changes: readonly (string | NewChange)[];
  /** `Name <address>` */
  readonly maintainer: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** Of the zone the date is written in, in minutes east of UTC, which is the default. */
  readonly offset?: number;
  /** A rebuild of the binary packages alone: their source keeps the version of the entry before (deb-changelog(5)). */
  readonly binaryOnly?: boolean;
}

/**
 * Writes an entry of debian/changelog, with the empty line that parts it from the next. Changes may be hostile: they are
 * made inert and indented, so that none can look like a heading or a trailer. Throws E_CHANGELOG when another field is not valid.
 */
export function formatChangelogEntry(entry: NewChangelogEntry): string {
  const lines = entryLines(entryChanges(entry));
  const { heading, trailer } = entryFrame(entry);
  return `${heading}\n\n${lines}\n\n${trailer}\n\n`;
}

/** The new changes by author. Throws E_CHANGELOG when there are none. */
export function entryChanges(entry: NewChangelogEntry): readonly AuthorChanges[] {
  const groups = groupChanges(entry.changes, entry.maintainer.replace(/ <[^<>]*>$/, ''));
  if (groups.length === 0) throw new UserError('E_CHANGELOG', 'a changelog entry needs at least one change');
  return groups;
}

/** Changes of one author as they are, those of several below their names. */
export function entryLines(groups: readonly AuthorChanges[]): string {
  if (groups.length < 2) return groups.flatMap(({ lines }) => lines).join('\n');
  return groups.map(({ author, lines }) => [authorHeading(author), ...lines].join('\n')).join('\n\n');
}

/** The first and the last line of an entry. Throws E_CHANGELOG when a field is not valid. */
export function entryFrame(entry: Omit<NewChangelogEntry, 'changes'>): { readonly heading: string; readonly trailer: string } {
  for (const [name, value] of [
    ['maintainer', entry.maintainer],
    ['version', entry.version],
    ['distribution', entry.distribution],
    ['urgency', entry.urgency],
  ] as const) {
    if (/[\u0000-\u001f\u007f-\u009f]/.test(value))
      throw new UserError('E_CHANGELOG', `the ${name} ${shown(value)} holds control characters`);
  }
  const offset = entry.offset ?? 0;
  if (!Number.isInteger(offset) || Math.abs(offset) >= 24 * 60)
    throw new UserError('E_CHANGELOG', `${offset} is not the offset of a zone in minutes`);
  const heading = `${entry.package} (${entry.version}) ${entry.distribution}; urgency=${entry.urgency}${entry.binaryOnly === true ? ', binary-only=yes' : ''}`;
  const trailer = ` -- ${entry.maintainer}  ${formatDate(entry.timestamp, offset)}`;
  parseChangelog(`${heading}\n\n  * Any change.\n\n${trailer}\n`, 'the new entry');
  return { heading, trailer };
}
