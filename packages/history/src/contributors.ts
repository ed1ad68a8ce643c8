import type { ParsedCommit } from './commit.ts';
import type { Person } from './person.ts';
import type { Contributor } from './release.ts';

/** What tells people apart: their address, or the name of those who have none. */
export function contributorKey({ name, email }: Person): string {
  return email === '' ? `name ${name.trim()}` : email;
}

/** Those who wrote a commit, co-authors as well. Who only merged has written nothing. */
export function authorsOf({ kind, authorName, authorEmail, coAuthors }: ParsedCommit): readonly Person[] {
  if (kind === 'merge') return [];
  const author = { name: authorName, email: (authorEmail ?? '').trim().toLowerCase() };
  return coAuthors.length === 0 ? [author] : [author, ...coAuthors];
}

/** GitHub marks the accounts of programs so. */
export function isBot({ name, email }: Person): boolean {
  return name.endsWith('[bot]') || email.includes('[bot]@');
}

/**
 * Who wrote these commits (newest first), those with the most first, then by name. A person has the name of the newest commit; the parts of a squash count
 * once. No time of commits and no order of people matters.
 *
 * @param isFirst by `contributorKey`, whether no earlier release has a commit of theirs; never asked for bots
 */
export function contributorsOf(commits: readonly ParsedCommit[], isFirst: (key: string) => boolean): readonly Contributor[] {
  const found = new Map<string, { readonly person: Person; readonly key: string; commits: number; last: string }>();
  for (const commit of commits) {
    for (const person of authorsOf(commit)) {
      const key = contributorKey(person);
      const known = found.get(key);
      if (known === undefined) found.set(key, { person, key, commits: 1, last: commit.sha });
      else if (known.last !== commit.sha) {
        known.commits += 1;
        known.last = commit.sha;
      }
    }
  }
  return [...found.values()]
    .sort((a, b) => b.commits - a.commits || compare(a.person.name, b.person.name) || compare(a.key, b.key))
    .map(({ person, key, commits: count }) => ({ ...person, commits: count, isFirst: !isBot(person) && isFirst(key) }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
