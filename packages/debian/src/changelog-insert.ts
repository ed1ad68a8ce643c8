import { UserError } from '@release-kit/action/errors';
import { bytesOf, type ChangelogDocument, changelogBytes, type DocumentEntry, readChangelog } from './changelog-document.ts';
import { entryChanges, entryFrame, entryLines, type NewChangelogEntry } from './changelog-entry.ts';
import { changelogLine } from './changelog-line.ts';
import { changesAfter } from './changelog-unreleased.ts';
import { shown } from './shown.ts';
import { compareVersions } from './version.ts';

/** The entry of a release; what is left out comes from the entries before it. */
export interface ReleaseEntry extends Pick<NewChangelogEntry, 'version' | 'changes' | 'maintainer' | 'timestamp' | 'offset'> {
  readonly package?: string;
  /** As the newest release has it, else `unstable`. */
  readonly distribution?: string;
  /** As work in progress has it, else `medium`. */
  readonly urgency?: string;
}

/**
 * Puts a new entry on top of debian/changelog; every other byte stays. `file` is its name in messages.
 *
 * Work in progress (the newest entry is for UNRELEASED) becomes part of the new entry: its lines stay as people wrote them, and the new changes
 * follow, below names where there are several authors, as dch does. The date is made later than that of the release before, and line ends are
 * those of the file. Throws E_CHANGELOG when the version was released before or is lower than the newest (but for a backport, `1.2-1~bpo13+1`),
 * when something else than comments stands before the first entry, and when a field is not valid; E_VERSION for a version that is none.
 */
export function insertEntry(bytes: Uint8Array, release: ReleaseEntry, file: string): Uint8Array {
  const document = readChangelog(bytes);
  const { comments, blanks } = splitHead(document, file);
  const [newest] = document.entries;
  const unfinished = newest !== undefined && isUnreleased(newest) ? newest : undefined;
  const others = unfinished === undefined ? document.entries : document.entries.slice(1);
  const entry = completed(release, document, unfinished, file);
  checkVersion(entry, others, file);
  const changes = entryChanges(entry);
  const { heading, trailer } = entryFrame(entry);
  const lines = unfinished === undefined ? bytesOf(entryLines(changes)) : changesAfter(unfinished, changes);
  const text = `${bytesOf(heading)}\n\n${lines}\n\n${bytesOf(trailer)}\n`;
  const after = blanks + (unfinished?.after.join('') ?? '');
  const isParted = /^[ \t]*\r?\n/.test(after) || (others.length === 0 && document.tail === '');
  const end = newest?.heading.endsWith('\r\n') === true ? '\r\n' : '\n';
  return changelogBytes({ ...document, head: `${comments}${text.replace(/\r?\n/g, end)}${isParted ? '' : end}${after}`, entries: others });
}

function isUnreleased(entry: DocumentEntry): boolean {
  return entry.distributions[0] === 'UNRELEASED';
}

function completed(
  release: ReleaseEntry,
  { entries }: ChangelogDocument,
  unfinished: DocumentEntry | undefined,
  file: string,
): NewChangelogEntry {
  const name = release.package ?? entries[0]?.package;
  if (name === undefined)
    throw new UserError('E_CHANGELOG', 'the changelog has no entry to take the name of the package from', { place: { file } });
  const released = entries.find((entry) => !isUnreleased(entry));
  return {
    ...release,
    package: name,
    distribution: release.distribution ?? released?.distributions.join(' ') ?? 'unstable',
    urgency: release.urgency ?? (unfinished?.urgency || 'medium'),
    // lintian: latest-debian-changelog-entry-without-new-date
    timestamp: Math.max(release.timestamp, (released?.trailer?.timestamp ?? -1) + 1),
  };
}

/** A version names one upload for ever, whatever its epoch (lintian: latest-debian-changelog-entry-reuses-existing-version). */
function checkVersion({ package: name, version }: NewChangelogEntry, others: readonly DocumentEntry[], file: string): void {
  const plain = (text: string) => text.replace(/^[0-9]+:/, '');
  const problem = (message: string) =>
    new UserError('E_CHANGELOG', message, { place: { file }, cure: 'Release under a higher version, or correct debian/changelog.' });
  const same = others.find((other) => other.package === name && plain(other.version) === plain(version));
  if (same !== undefined) throw problem(`the changelog has an entry of version ${shown(same.version)} already`);
  const released = others.find((other) => !isUnreleased(other));
  if (released === undefined || released.package !== name || version.startsWith(`${released.version}~`)) return;
  if (compareVersions(version, released.version) < 0)
    throw problem(`version ${shown(version)} is lower than ${shown(released.version)}, the newest of the changelog`);
}

/** Comments stay above a new entry, blank lines come to stand below it. */
function splitHead({ head, entries, tail }: ChangelogDocument, file: string): { readonly comments: string; readonly blanks: string } {
  const lines = head.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const kinds = lines.map((line) => changelogLine(line.replace(/\n$/, '')).kind);
  const strange = kinds.findIndex((kind) => kind !== 'comment' && kind !== 'blank');
  const isAncient = entries.length === 0 && tail !== '' && changelogLine(tail.split('\n', 1)[0] ?? '').kind === 'ancient';
  if (strange !== -1 || isAncient) {
    const at = strange === -1 ? lines.length : strange;
    throw new UserError('E_CHANGELOG', `the line ${shown((lines[at] ?? tail).split('\n', 1)[0] ?? '')} is not the heading of an entry`, {
      place: { file, line: at + 1 },
      cure: 'Correct or remove what stands before the first entry; a byte order mark has to go as well.',
    });
  }
  const above = kinds.lastIndexOf('comment') + 1;
  const comments = lines.slice(0, above).join('');
  return { comments: comments === '' || comments.endsWith('\n') ? comments : `${comments}\n`, blanks: lines.slice(above).join('') };
}
