import { codeSpan, inertMarkdown } from '@release-kit/action/inert';
import type { ParsedCommit } from './commit.ts';
import { isDebianBug } from './debian-bug.ts';
import { inertCommit } from './inert-commit.ts';
import { type NotesSection, type NotesStyle, type Sorter, sorterOf } from './notes-style.ts';
import type { RepositoryLinks } from './repository-links.ts';

const maxDescription = 300;
const maxBreaking = 1000;

export interface Entries {
  /** Headings, entries and blank lines. */
  readonly lines: readonly string[];
  /** How many commits had no room; those are not even formatted. */
  readonly left: number;
  /** How many commits are in sections that are not listed. */
  readonly hidden: number;
}

/** The entries of all sections, in their order, while there is room for whole ones; headings are not counted. `level`: `##`. */
export function entriesOf(commits: readonly ParsedCommit[], style: NotesStyle, level: string, space: number): Entries {
  const sorter = sorterOf(style.sections);
  const groups = Map.groupBy(commits, sorter.sectionOf);
  const lines: string[] = [];
  let [room, left, hidden] = [space, 0, 0];
  for (const section of style.sections) {
    const group = groups.get(section) ?? [];
    if (section.hidden === true) {
      hidden += group.length;
      continue;
    }
    const own: string[] = [];
    for (const commit of group) {
      const text = room < 0 ? '' : entryOf(commit, sorter, style);
      room -= text.length + 1;
      if (room < 0) left += 1;
      else own.push(text);
    }
    if (own.length > 0) lines.push(headingOf(section, level), '', ...own, '');
  }
  return { lines, left, hidden };
}

export function headingOf({ title }: NotesSection, level: string): string {
  return `${level} ${inertMarkdown(title)}`;
}

/** Merge commits are only counted, since their commits are in the list, and so are our own release requests; what breaks is listed whatever it is. */
export function isListed({ kind, breaking, isRequest }: ParsedCommit): boolean {
  return breaking !== undefined || (kind !== 'merge' && !isRequest);
}

/** One entry, two lines when something breaks; all text is inert. */
export function entryOf(commit: ParsedCommit, sorter: Sorter, style: Pick<NotesStyle, 'links' | 'debianBugs'>): string {
  const { links } = style;
  const known = sorter.isKnown(commit);
  const scope = known && commit.scope !== undefined ? `**${inertCommit(commit.scope, 100)}:** ` : '';
  const { text, places } = entryPlaces(commit, known || commit.breaking !== undefined ? commit.description : commit.subject, links);
  const line = `- ${scope}${inertCommit(text, maxDescription) || '(no subject)'} (${places}${issuePlaces(commit, style)})`;
  const breaks = commit.breaking === undefined || commit.breaking === commit.description ? '' : inertCommit(commit.breaking, maxBreaking);
  return breaks === '' ? line : `${line}\n  - ${breaks}`;
}

function shaLink(sha: string, links: RepositoryLinks | undefined): string {
  const short = /^[0-9a-f]{7}/.test(sha) ? `\`${sha.slice(0, 7)}\`` : codeSpan(sha.slice(0, 7));
  return links === undefined ? short : `[${short}](${links.commit(sha)})`;
}

const maxIssues = 10;

/**
 * The issues that its footers name, closed ones and others, as links of ours, else as text. The word before them is none that a forge obeys, since notes come to
 * stand in the bodies of pull requests and releases.
 */
function issuePlaces(
  { issues, pullRequest }: ParsedCommit,
  { links, debianBugs = 'none' }: Pick<NotesStyle, 'links' | 'debianBugs'>,
): string {
  if (issues.length === 0) return '';
  const others = issues.filter(({ number, repository }) => repository !== undefined || number !== pullRequest);
  if (others.length === 0) return '';
  const shown = others.slice(0, maxIssues).map((issue) => {
    const { number, repository } = issue;
    if (isDebianBug(issue, debianBugs)) return `Debian bug ${number}`;
    // An issue of another repository: nobody knows whether it is on the same server.
    if (repository !== undefined) return inertMarkdown(`${repository}#${number}`);
    return links === undefined ? `#\u200b${number}` : numberLink(number, links);
  });
  const more = others.length - shown.length;
  return `, for ${shown.join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
}

/** A reference of its own would be taken for one that closes the issue. */
function numberLink(number: number, links: RepositoryLinks): string {
  return `[#\u200b${number}](${links.number(`${number}`)})`;
}

/** Where a commit can be looked at, as Markdown; the number that GitHub puts at the end of a subject is a link then, and no longer in the text. */
export function entryPlaces(
  { sha, pullRequest }: ParsedCommit,
  text: string,
  links: RepositoryLinks | undefined,
): { text: string; places: string } {
  if (links === undefined || pullRequest === undefined) return { text, places: shaLink(sha, links) };
  const suffix = `(#${pullRequest})`;
  return {
    text: text.endsWith(suffix) ? text.slice(0, -suffix.length).trimEnd() : text,
    places: `${numberLink(pullRequest, links)}, ${shaLink(sha, links)}`,
  };
}
