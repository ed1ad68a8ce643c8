import { inertLine } from '@release-kit/action/inert';
import type { Bump } from './version-bump.ts';
import { type Asked, grownPart, shownCommits, type VersionRules } from './version-rules.ts';

const levels = ['major', 'minor', 'patch'] as const;
const longestSubject = 100;

/** Which commits ask for what: the newest of the most that is asked for by name, the rest counted. Strangers' text is inert. */
export function explainAsked({ most, counts, newest }: Asked): readonly string[] {
  if (most === 'none') return [counts.none === 0 ? 'No commits' : `None of ${commits(counts.none)} asks for a release`];
  const named = newest[most].map(({ sha, subject }) => `${sha.slice(0, 7)} asks for ${most}: ${shortened(subject)}`);
  const more = counts[most] - named.length;
  const rest = levels.filter((level) => level !== most && counts[level] > 0).map((level) => `${commits(counts[level])} for ${level}`);
  if (counts.none > 0) rest.push(`${commits(counts.none)} for nothing`);
  return [
    ...named,
    ...(more > 0 ? [`and ${more} more for ${most} (the newest ${shownCommits} are shown)`] : []),
    ...(rest.length === 0 ? [] : [`Besides, ${rest.join(', ')}`]),
  ];
}

/** Says when the rules of 0.x make less of it. */
export function explainGrown(previous: string, asked: Bump, rules: VersionRules): readonly string[] {
  const grown = grownPart(previous, asked, rules);
  return grown === asked ? [] : [`While the major version is 0, ${asked} counts as ${grown}`];
}

function commits(count: number): string {
  return count === 1 ? '1 commit' : `${count} commits`;
}

function shortened(subject: string): string {
  const characters = [...inertLine(subject.slice(0, longestSubject * 2))];
  return characters.length > longestSubject ? `${characters.slice(0, longestSubject - 1).join('')}…` : characters.join('');
}
