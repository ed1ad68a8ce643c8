import type { ParsedCommit, RevertTarget } from './commit.ts';
import { splitPullRequest } from './revert-target.ts';

/**
 * Finds the commits of a SHA, maybe abbreviated, that come after an index: nothing when they were taken before,
 * undefined when the list has none after it. An index never is smaller than the one before it.
 */
export function commitsBySha(commits: readonly ParsedCommit[]): (sha: string, index: number) => number[] | 'merge' | undefined {
  // Members from old to new: each is taken from the front, once, however often reverts name it.
  const units = new Map<string, { readonly last: number; readonly isMerge: boolean; readonly members: number[] }>();
  for (let index = commits.length - 1; index >= 0; index -= 1) {
    const { sha = '', kind } = commits[index] ?? {};
    const unit = units.get(sha);
    if (unit !== undefined) unit.members.push(index);
    else units.set(sha, { last: index, isMerge: kind === 'merge', members: [index] });
  }
  let sorted: readonly string[] | undefined;
  return (sha, index) => {
    if (!units.has(sha)) sorted ??= [...units.keys()].sort();
    const unit = units.get(sha) ?? units.get(soleWithPrefix(sorted ?? [], sha) ?? '');
    if (unit === undefined || unit.last <= index) return undefined;
    if (unit.isMerge) return 'merge';
    const newer = unit.members.findIndex((member) => member <= index);
    return unit.members.splice(0, newer === -1 ? unit.members.length : newer);
  };
}

/** An abbreviation stands for a commit only where it is the only one, as for git. */
function soleWithPrefix(sorted: readonly string[], prefix: string): string | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < prefix) low = middle + 1;
    else high = middle;
  }
  const found = sorted[low];
  return found?.startsWith(prefix) === true && sorted[low + 1]?.startsWith(prefix) !== true ? found : undefined;
}

/**
 * Finds the newest commit after an index that a revert may mean without a SHA, and whether it means all commits of that
 * one's SHA: a squash that was expanded, unless one part of it is quoted. What is in `gone` is passed over.
 */
export function commitsBySubject(commits: readonly ParsedCommit[], gone: ReadonlySet<number>) {
  const exact = groupIndexes(commits, ({ subject }) => subject);
  const bare = groupIndexes(commits, ({ subject }) => splitPullRequest(subject).bare);
  // Neither a merge nor a part of a squash has the number in its subject where a revert would quote it.
  const numbered = groupIndexes(commits, ({ kind, part, pullRequest }) =>
    kind === 'merge' || part !== undefined ? pullRequest : undefined,
  );
  const search = <Key>(groups: Groups<Key>, key: Key, index: number) => {
    const group = groups.get(key);
    if (group === undefined) return undefined;
    // All that is passed is newer than the commit at hand or gone, so no group is walked twice.
    for (let other = group.list[group.next]; other !== undefined && (other <= index || gone.has(other)); other = group.list[group.next])
      group.next += 1;
    return group.list[group.next];
  };
  const whole = (index: number | undefined) => (index === undefined ? undefined : { index, isWhole: true });
  const quoted = (index: number | undefined) => (index === undefined ? undefined : { index, isWhole: commits[index]?.part === undefined });

  return ({ subject, pullRequest }: RevertTarget, index: number, hasOwnNumber: boolean) => {
    const split = splitPullRequest(subject);
    const number = pullRequest ?? split.pullRequest;
    const byNumber = (): { readonly index: number; readonly isWhole: boolean } | undefined =>
      number === undefined ? undefined : whole(search(exact, `${split.bare} (#${number})`, index) ?? search(numbered, number, index));
    if (pullRequest !== undefined) return byNumber() ?? quoted(search(exact, split.bare, index));
    // Behind a `revert:` header the number is mostly that of the revert itself, which GitHub put there.
    const loose = hasOwnNumber || number === undefined;
    return quoted(search(exact, subject, index)) ?? byNumber() ?? quoted(search(loose ? bare : exact, split.bare, index));
  };
}

type Groups<Key> = ReadonlyMap<Key, { readonly list: number[]; next: number }>;

function groupIndexes<Key>(commits: readonly ParsedCommit[], keyOf: (commit: ParsedCommit) => Key | undefined): Groups<Key> {
  const groups = new Map<Key, { readonly list: number[]; next: number }>();
  for (const [index, commit] of commits.entries()) {
    const key = keyOf(commit);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { list: [index], next: 0 });
    else group.list.push(index);
  }
  return groups;
}
