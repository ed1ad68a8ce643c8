import { codeSpan } from '@release-kit/action/inert';
import type { ParsedCommit } from './commit.ts';
import { inertCommit } from './inert-commit.ts';

export interface NotesRequest {
  /** Tag or commit compared with; undefined for a first release. */
  readonly previous: string | undefined;
  /** Tag or commit that the notes end with. */
  readonly current: string;
  /** Newest first, without what was reverted. */
  readonly commits: readonly ParsedCommit[];
}

/** GitHub refuses the body of a release above 125,000 characters; what people add needs room as well. */
export const maxNotesCharacters = 100_000;

const maxDescription = 300;
const maxBreaking = 1000;

const titles = [
  'Breaking changes',
  'Features',
  'Fixes',
  'Performance',
  'Reverts',
  'Documentation',
  'Maintenance',
  'Other changes',
] as const;
type Title = (typeof titles)[number];

const titleOfType: Readonly<Record<string, Title>> = {
  feat: 'Features',
  feature: 'Features',
  fix: 'Fixes',
  perf: 'Performance',
  docs: 'Documentation',
  build: 'Maintenance',
  chore: 'Maintenance',
  ci: 'Maintenance',
  refactor: 'Maintenance',
  style: 'Maintenance',
  test: 'Maintenance',
  tests: 'Maintenance',
};

/**
 * Release notes as GitHub Markdown, the same bytes for the same commits. All text of commits is inert. A commit that
 * cannot be grouped is listed under "Other changes"; merge commits are only counted, their commits are in the list.
 */
export function formatNotes({ previous, current, commits }: NotesRequest): string {
  const listed = commits.filter((commit) => commit.kind !== 'merge' || commit.breaking !== undefined);
  const end = `${range(previous, current, commits.length, commits.length - listed.length)}\n`;
  if (listed.length === 0) return `No changes.\n\n${end}`;
  const { lines, left } = sections(listed);
  const cut = left === 0 ? [] : [`… and ${left} more, left out because release notes have a limit.`, ''];
  return [...lines, ...cut, end].join('\n');
}

/** The lines of all groups while there is room, and how many entries have none; those are not even formatted. */
function sections(commits: readonly ParsedCommit[]): { lines: readonly string[]; left: number } {
  const groups = Map.groupBy(commits, titleOf);
  const lines: string[] = [];
  let room = maxNotesCharacters;
  let left = 0;
  for (const title of titles) {
    const own: string[] = [];
    for (const commit of groups.get(title) ?? []) {
      const text = room < 0 ? '' : entry(commit);
      room -= text.length + 1;
      if (room < 0) left += 1;
      else own.push(text);
    }
    if (own.length > 0) lines.push(`## ${title}`, '', ...own, '');
  }
  return { lines, left };
}

function titleOf({ breaking, kind, type }: ParsedCommit): Title {
  if (breaking !== undefined) return 'Breaking changes';
  if (kind === 'revert') return 'Reverts';
  return (type !== undefined && Object.hasOwn(titleOfType, type) ? titleOfType[type] : undefined) ?? 'Other changes';
}

function entry(commit: ParsedCommit): string {
  const known = commit.type !== undefined && Object.hasOwn(titleOfType, commit.type);
  const scope = known && commit.scope !== undefined ? `**${inertCommit(commit.scope, 100)}:** ` : '';
  const text = inertCommit(known || commit.breaking !== undefined ? commit.description : commit.subject, maxDescription) || '(no subject)';
  const line = `- ${scope}${text} (${codeSpan(commit.sha.slice(0, 7))})`;
  const breaks = commit.breaking === undefined || commit.breaking === commit.description ? '' : inertCommit(commit.breaking, maxBreaking);
  return breaks === '' ? line : `${line}\n  - ${breaks}`;
}

function range(previous: string | undefined, current: string, count: number, merges: number): string {
  const merged = merges === 0 ? '' : `, ${merges} of them ${merges === 1 ? 'a merge' : 'merges'}`;
  const counted = `${count} ${count === 1 ? 'commit' : 'commits'}${merged}`;
  if (previous === undefined) return `First release: all commits up to ${codeSpan(current)} (${counted}).`;
  return `Compared: ${codeSpan(`${previous}...${current}`)} (${counted}).`;
}
