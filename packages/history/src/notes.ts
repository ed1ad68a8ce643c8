import { codeSpan } from '@release-kit/action/inert';
import { isBot } from './contributors.ts';
import { inertCommit } from './inert-commit.ts';
import { type Entries, entriesOf, headingOf, isListed } from './notes-entries.ts';
import type { NotesStyle } from './notes-style.ts';
import type { Contributor, Release } from './release.ts';

/** What GitHub takes. */
export const maxBodyCharacters = 125_000;

const maxNames = 100;

/**
 * The notes of a release as GitHub Markdown: sections, contributors, what it is compared with. At most `limit`
 * characters, cut by whole entries, the least important first; what is left out is counted and linked. The same bytes
 * for the same release.
 */
export function notesOf(release: Release, style: NotesStyle, limit = maxBodyCharacters): string {
  const listed = release.commits.filter(isListed);
  const tail = [...(style.contributors ? thanks(release.contributors) : []), compared(release, style)];
  // The sentences about what is missing have numbers that are not known yet; 500 characters and the address hold them.
  const spent = tail.join('\n').length + headingSpace(style) + compareAddress(release, style).length + 500;
  const entries = entriesOf(listed, style, '##', limit - spent);
  const requests = release.commits.filter((commit) => commit.isRequest && !isListed(commit)).length;
  const empty = entries.lines.length === 0 && entries.left === 0;
  return [
    ...(empty ? ['No changes to list.', ''] : entries.lines),
    ...leftOut({ ...entries, hidden: entries.hidden + requests }, release, style),
    ...tail,
    '',
  ].join('\n');
}

function headingSpace({ sections }: NotesStyle): number {
  return sections.reduce((sum, section) => sum + headingOf(section, '##').length + 4, 0);
}

/** Says what is not in the list; nothing when all is. */
function leftOut({ left, hidden }: Entries, release: Release, style: NotesStyle): readonly string[] {
  const where = compareAddress(release, style);
  const all = where === '' ? '' : ` [All changes](${where})`;
  return [
    ...(left === 0 ? [] : [`… and ${left} more, left out because release notes have a limit.${all}`, '']),
    ...(hidden === 0 ? [] : [`${hidden} more ${hidden === 1 ? 'commit is' : 'commits are'} not listed.`, '']),
  ];
}

/** Address of the full difference, '' without one. What has no version yet has no tag that a page could show. */
export function compareAddress({ previous, name, sha, version }: Release, { links }: NotesStyle): string {
  if (links === undefined) return '';
  const end = version === undefined ? sha : name;
  return previous === undefined ? links.history(end) : links.compare(previous.name, end);
}

function compared(release: Release, style: NotesStyle): string {
  const { previous, name, count } = release;
  const merges = release.commits.filter((commit) => commit.kind === 'merge' && !isListed(commit));
  const text = range(previous?.name, name, count, merges.length);
  const address = compareAddress(release, style);
  return address === '' ? text : `${text} [Full difference](${address})`;
}

/** Names of contributors are strangers' text; addresses of mail are not shown. Nobody thanks a program, and those with the most commits come first. */
function thanks(all: readonly Contributor[]): readonly string[] {
  const contributors = all.filter((each) => !isBot(each));
  const first = contributors.filter(({ isFirst }) => isFirst);
  return [
    ...(contributors.length === 0 ? [] : [`**Contributors:** ${names(contributors)}`, '']),
    ...(first.length === 0 ? [] : [`**First contribution:** ${names(first)}`, '']),
  ];
}

function names(contributors: readonly Contributor[]): string {
  const shown = contributors.slice(0, maxNames).map(({ name }) => inertCommit(name, 100) || '(no name)');
  const more = contributors.length - shown.length;
  return `${shown.join(', ')}${more === 0 ? '' : `, and ${more} more`}`;
}

function range(previous: string | undefined, current: string, count: number, merges: number): string {
  const merged = merges === 0 ? '' : `, ${merges} of them ${merges === 1 ? 'a merge' : 'merges'}`;
  const counted = `${count} ${count === 1 ? 'commit' : 'commits'}${merged}`;
  if (previous === undefined) return `First release: all commits up to ${codeSpan(current)} (${counted}).`;
  return `Compared: ${codeSpan(`${previous}...${current}`)} (${counted}).`;
}
