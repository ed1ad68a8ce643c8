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

interface Counted {
  readonly person: Person;
  readonly key: string;
  commits: number;
  /** SHA of the newest one that was counted. */
  last: string;
}

function count(counted: Counted, sha: string): void {
  if (counted.last === sha) return;
  counted.commits += 1;
  counted.last = sha;
}

/**
 * Who wrote these commits (newest first), those with the most first, then by name. A person has the name of the newest commit; the parts of a squash count
 * once. Nobody sees addresses, so several of one name are one person: the commits are added up, and none may have an earlier contribution. No time of
 * commits and no order of people matters.
 *
 * @param isFirst by `contributorKey`, whether no earlier release has a commit of theirs; never asked for bots
 */
export function contributorsOf(commits: readonly ParsedCommit[], isFirst: (key: string) => boolean): readonly Contributor[] {
  const found = new Map<string, Counted>();
  /** By the address as it is written, which needs no look at its letters. */
  const authors = new Map<string, Counted>();
  const counted = (person: Person): Counted => {
    const key = contributorKey(person);
    const known = found.get(key) ?? { person, key, commits: 0, last: '' };
    found.set(key, known);
    return known;
  };
  commits.forEach(({ kind, sha, authorName, authorEmail = '', coAuthors }) => {
    if (kind === 'merge') return;
    const author = authors.get(authorEmail) ?? counted({ name: authorName, email: authorEmail.trim().toLowerCase() });
    if (author.person.email !== '') authors.set(authorEmail, author);
    count(author, sha);
    for (const person of coAuthors) count(counted(person), sha);
  });
  const people = new Map<string, Contributor>();
  for (const { person, key, commits: own } of found.values()) {
    const known = people.get(person.name);
    const isNew = !isBot(person) && isFirst(key);
    if (known === undefined) people.set(person.name, { ...person, commits: own, isFirst: isNew });
    else people.set(person.name, { ...known, commits: known.commits + own, isFirst: known.isFirst && isNew });
  }
  return [...people.values()].sort((a, b) => b.commits - a.commits || compare(a.name, b.name));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
