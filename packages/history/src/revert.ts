import type { ParsedCommit } from './commit.ts';
import { splitPullRequest } from './revert-target.ts';

export { isGitRevert, revertTarget } from './revert-target.ts';

/**
 * Takes out every commit that was reverted inside the list, together with its revert. Going from new to old, a revert
 * that was itself reverted has no effect, so what it took back counts again. A revert is paired
 *
 * 1. with the commits of the SHAs that it names, all parts of an expanded squash at once; one of them that is out
 *    already needs no second entry. When others of them are not in the list, the revert stays for their sake.
 * 2. when none of the SHAs is in the list (after a rebase), with the newest commit before it that has the quoted
 *    subject, and the number of the pull request if the revert names one.
 *
 * Reverts of commits outside the list stay, and so do reverts of merges: which commits those took back cannot be told
 * from a list.
 *
 * `commits` newest first, as git lists them, parts of a squash side by side in the same order; what is left is returned
 * in the same order. Linear time.
 *
 * @param isElsewhere whether the history outside the list has a commit of this SHA, maybe abbreviated; a revert of such
 *   a one is never paired by its subject, so that it stays
 */
export function withoutReverted(
  commits: readonly ParsedCommit[],
  isElsewhere: (sha: string) => boolean = () => false,
): readonly ParsedCommit[] {
  const gone = new Set<number>();
  const bySha = shaIndex(commits);
  const bySubject = subjectIndex(commits, gone);

  for (const [index, { kind, type, target }] of commits.entries()) {
    if (kind !== 'revert' || target === undefined || gone.has(index)) continue;
    const named = target.shas.map((sha) => ({ sha, members: bySha.takeOlder(sha, index) }));
    if (named.some(({ members }) => members !== undefined)) {
      const found = named.flatMap(({ members }) => members ?? []);
      const merges = found.some((other) => commits[other]?.kind === 'merge');
      for (const other of found) if (commits[other]?.kind !== 'merge') gone.add(other);
      if (!merges && named.every(({ members }) => members !== undefined)) gone.add(index);
      continue;
    }
    if (target.shas.some(isElsewhere)) continue;
    const found = bySubject.newestOlder(target, index, type === 'revert');
    if (found === undefined || commits[found]?.kind === 'merge') continue;
    gone.add(index).add(found);
  }
  return commits.filter((_, index) => !gone.has(index));
}

interface ShaIndex {
  /** The commits of a SHA that come after `index`; undefined when the list has none, nothing when they were taken before. */
  takeOlder(sha: string, index: number): readonly number[] | undefined;
}

function shaIndex(commits: readonly ParsedCommit[]): ShaIndex {
  // Members from old to new: each is taken from the front, once, however often reverts name it.
  const units = new Map<string, { readonly last: number; readonly members: number[] }>();
  for (let index = commits.length - 1; index >= 0; index -= 1) {
    const sha = commits[index]?.sha ?? '';
    const unit = units.get(sha);
    if (unit !== undefined) unit.members.push(index);
    else units.set(sha, { last: index, members: [index] });
  }
  let sorted: readonly string[] | undefined;
  const whole = (sha: string): string => {
    if (units.has(sha)) return sha;
    sorted ??= [...units.keys()].sort();
    return soleWithPrefix(sorted, sha) ?? sha;
  };
  return {
    takeOlder(sha, index) {
      const unit = units.get(whole(sha));
      if (unit === undefined || unit.last <= index) return undefined;
      const newer = unit.members.findIndex((member) => member <= index);
      return unit.members.splice(0, newer === -1 ? unit.members.length : newer);
    },
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

interface SubjectIndex {
  newestOlder(
    target: { readonly subject: string; readonly pullRequest: number | undefined },
    index: number,
    loose: boolean,
  ): number | undefined;
}

function subjectIndex(commits: readonly ParsedCommit[], gone: ReadonlySet<number>): SubjectIndex {
  const exact = groupIndexes(commits, ({ subject }) => subject);
  const bare = groupIndexes(commits, ({ subject }) => splitPullRequest(subject).bare);
  const merges = groupIndexes(commits, ({ kind, subject }) =>
    kind === 'merge' ? /^Merge pull request #(\d{1,9}) /.exec(subject)?.[1] : undefined,
  );
  const search = (groups: Groups, key: string, index: number) => {
    const group = groups.get(key);
    if (group === undefined) return undefined;
    // All that is passed is newer than the commit at hand or gone, so no group is walked twice.
    for (let other = group.list[group.next]; other !== undefined && (other <= index || gone.has(other)); other = group.list[group.next])
      group.next += 1;
    return group.list[group.next];
  };
  return {
    newestOlder({ subject, pullRequest }, index, loose) {
      const split = splitPullRequest(subject);
      if (pullRequest !== undefined)
        return (
          search(exact, `${split.bare} (#${pullRequest})`, index) ??
          search(merges, String(pullRequest), index) ??
          search(exact, split.bare, index)
        );
      // Behind a `revert:` header the number is mostly that of the revert itself.
      const any = loose || split.pullRequest === undefined;
      return search(exact, subject, index) ?? search(any ? bare : exact, split.bare, index);
    },
  };
}

type Groups = ReadonlyMap<string, { readonly list: number[]; next: number }>;

function groupIndexes(commits: readonly ParsedCommit[], keyOf: (commit: ParsedCommit) => string | undefined): Groups {
  const groups = new Map<string, { readonly list: number[]; next: number }>();
  for (const [index, commit] of commits.entries()) {
    const key = keyOf(commit);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { list: [index], next: 0 });
    else group.list.push(index);
  }
  return groups;
}
