import type { NewChange } from '@release-kit/debian';
import type { ParsedCommit } from './commit.ts';
import { type DebianBugs, isDebianBug } from './debian-bug.ts';
import { isListed } from './notes-entries.ts';
import { defaultSections, type NotesSection, type Sorter, sorterOf } from './notes-style.ts';
import type { Release } from './release.ts';

/** What a debian/changelog lists; what its users do not see is left out. */
export const debianSections: readonly NotesSection[] = defaultSections.map((section) =>
  section.types.some((type) => type === 'docs' || type === 'chore') ? { ...section, hidden: true } : section,
);

export interface DebianChangesOptions {
  /** From `notesSections`; those that are hidden are left out, and the order is theirs. */
  readonly sections?: readonly NotesSection[];
  /** `large` when it is not given. */
  readonly bugs?: DebianBugs;
}

/**
 * The changes of a release for an entry of debian/changelog, by section and newest first, with author and closed Debian bugs. A first
 * release has the one change that it is one. Never empty.
 */
export function debianChanges(release: Release, options: DebianChangesOptions = {}): readonly NewChange[] {
  const { sections = debianSections, bugs = 'large' } = options;
  const sorter = sorterOf(sections);
  const groups = Map.groupBy(release.commits.filter(isListed), sorter.sectionOf);
  const isShown = (commit: ParsedCommit) => release.previous !== undefined && sorter.sectionOf(commit).hidden !== true;
  const listed = sections.flatMap((section) => groups.get(section) ?? []).filter(isShown);
  const changes = listed.map((commit) => changeOf(commit, sorter, bugsOf(commit, bugs)));
  // What is not listed may close a bug as well: a slip in the manual page.
  const others = release.commits.filter((commit) => !isListed(commit) || !isShown(commit)).flatMap((commit) => bugsOf(commit, bugs));
  if (changes.length > 0) return others.length === 0 ? changes : [...changes, { text: 'Smaller changes.', closes: others }];
  return [{ text: release.previous === undefined ? 'Initial release.' : `Release ${release.version ?? release.name}.`, closes: others }];
}

/** `high` when a commit says that it is about security (by type, scope, or the number of a vulnerability), else `medium`. */
export function debianUrgency(commits: readonly ParsedCommit[]): 'medium' | 'high' {
  const isSecurity = ({ type, scopes, subject }: ParsedCommit) =>
    type === 'security' || scopes.some((scope) => scope.toLowerCase() === 'security') || /\bCVE-[0-9]{4}-[0-9]{4,}\b/.test(subject);
  return commits.some(isSecurity) ? 'high' : 'medium';
}

function changeOf(commit: ParsedCommit, sorter: Sorter, closes: readonly number[]): NewChange {
  const { scope, subject, description, breaking, authorName, pullRequest } = commit;
  const known = sorter.isKnown(commit);
  const text = known || breaking !== undefined ? description : subject;
  // In a changelog of Debian, #12 is a bug of Debian.
  const suffix = pullRequest === undefined ? '' : `(#${pullRequest})`;
  const plain = suffix !== '' && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text;
  const line = `${known && scope !== undefined ? `${scope}: ` : ''}${plain}`.replace(/\s+/g, ' ').trim() || '(no subject)';
  const breaks = breaking === undefined || breaking === description ? '' : `\n- ${breaking.replace(/\s+/g, ' ').trim()}`;
  return { text: `${line}${breaks}`, author: authorName, closes };
}

function bugsOf({ issues }: ParsedCommit, bugs: DebianBugs): readonly number[] {
  return issues.filter((issue) => isDebianBug(issue, bugs)).map(({ number }) => number);
}
