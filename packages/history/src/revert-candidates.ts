import type { ParsedCommit, RevertTarget } from './commit.ts';
import { splitPullRequest } from './revert-target.ts';

/** Finds what reverts mean, among the commits that were added so far, from old to new. */
export interface RevertCandidates {
  /** Again when it came into effect again. */
  readonly add: (index: number) => void;
  /** The commits of a SHA, maybe abbreviated: several are the parts of a squash. */
  readonly bySha: (sha: string) => readonly number[] | undefined;
  /** Of a squash that was expanded. */
  readonly partsOf: (index: number) => readonly number[];
  /** The commits that came into effect last and that a revert may mean without a SHA. */
  readonly bySubject: (target: RevertTarget, hasOwnNumber: boolean) => readonly number[] | undefined;
  /** From now on the SHA stands for these commits. */
  readonly alias: (sha: string, indexes: readonly number[]) => void;
}

/** Only what some revert of the list may mean is remembered. */
export function revertCandidates(commits: readonly ParsedCommit[], isInEffect: (index: number) => boolean): RevertCandidates {
  const wanted = wantedBy(commits);
  const members = new Map<string, number[]>();
  const aliases = new Map<string, readonly number[]>();
  const exact = new Map<string, number[]>();
  const bare = new Map<string, number[]>();
  const numbered = new Map<number, number[]>();
  const isWanted = (sha: string) => wanted.shas.has(sha) || (wanted.prefixes.size > 0 && wanted.prefixes.has(sha.slice(0, 7)));
  const whole = shaCompleter(commits, wanted.prefixes);

  const newest = <Key>(stacks: ReadonlyMap<Key, number[]>, key: Key): number | undefined => {
    const stack = stacks.get(key) ?? [];
    // What is out of effect is put on top again when it comes back.
    for (let top = stack.at(-1); top !== undefined && !isInEffect(top); top = stack.at(-1)) stack.pop();
    return stack.at(-1);
  };
  const membersOf = (index: number | undefined): readonly number[] | undefined =>
    index === undefined ? undefined : (members.get(commits[index]?.sha ?? '') ?? [index]);
  const quoted = (index: number | undefined) => (index === undefined || commits[index]?.part === undefined ? membersOf(index) : [index]);

  return {
    add: (index) => {
      const { sha = '', subject = '', kind, part, pullRequest } = commits[index] ?? {};
      // The title of a squash comes after its parts. What comes into effect again has its place already.
      const place = members.get(sha);
      if (place === undefined ? part !== undefined || isWanted(sha) : index < (place.at(-1) ?? 0)) push(members, sha, index);
      if (wanted.mayWant(subject)) {
        if (wanted.exact.has(subject)) push(exact, subject, index);
        const split = splitPullRequest(subject);
        if (wanted.bare.has(split.bare)) push(bare, split.bare, index);
      }
      // Neither a merge nor a part of a squash has the number in its subject where a revert would quote it.
      if (pullRequest !== undefined && (kind === 'merge' || part !== undefined)) push(numbered, pullRequest, index);
    },
    alias: (sha, indexes) => aliases.set(sha, indexes),
    bySha: (sha) => aliases.get(sha) ?? members.get(whole(sha)),
    partsOf: (index) => (members.get(commits[index]?.sha ?? '') ?? []).filter((other) => commits[other]?.part !== undefined),
    bySubject: ({ subject, pullRequest }, hasOwnNumber) => {
      const split = splitPullRequest(subject);
      const number = pullRequest ?? split.pullRequest;
      const byNumber = (): readonly number[] | undefined =>
        number === undefined ? undefined : membersOf(newest(exact, `${split.bare} (#${number})`) ?? newest(numbered, number));
      if (pullRequest !== undefined) return byNumber() ?? quoted(newest(exact, split.bare));
      // Behind a `revert:` header the number is mostly that of the revert itself, which GitHub put there.
      const loose = hasOwnNumber || number === undefined;
      return quoted(newest(exact, subject)) ?? byNumber() ?? quoted(newest(loose ? bare : exact, split.bare));
    },
  };
}

/** So many characters of a subject tell nearly all that nobody wants. */
const startLength = 12;

function wantedBy(commits: readonly ParsedCommit[]) {
  const full = commits[0]?.sha.length;
  const wanted = { shas: new Set<string>(), prefixes: new Set<string>(), exact: new Set<string>(), bare: new Set<string>() };
  commits.forEach(({ target }) => {
    if (target === undefined) return;
    for (const sha of target.shas) {
      if (sha.length === full) wanted.shas.add(sha);
      else wanted.prefixes.add(sha.slice(0, 7));
    }
    const { bare, pullRequest } = splitPullRequest(target.subject);
    wanted.exact.add(target.subject).add(bare);
    wanted.bare.add(bare);
    if (target.pullRequest !== undefined) wanted.exact.add(`${bare} (#${target.pullRequest})`);
    if (pullRequest !== undefined) wanted.exact.add(`${bare} (#${pullRequest})`);
  });
  const starts = new Set([...wanted.exact, ...wanted.bare].map((subject) => subject.slice(0, startLength)));
  // Behind a short one the number of a pull request may follow within these characters.
  const hasShort = [...wanted.bare].some((subject) => subject.length < startLength);
  const mayWant = (subject: string): boolean => hasShort || starts.has(subject.slice(0, startLength));
  return { ...wanted, mayWant };
}

/** An abbreviation stands for a commit only where it is the only one, as for git. */
function shaCompleter(commits: readonly ParsedCommit[], prefixes: ReadonlySet<string>): (sha: string) => string {
  let sorted: readonly string[] | undefined;
  return (prefix) => {
    if (prefix.length === commits[0]?.sha.length) return prefix;
    sorted ??= [...new Set(commits.filter(({ sha }) => prefixes.has(sha.slice(0, 7))).map(({ sha }) => sha))].sort();
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? '') < prefix) low = middle + 1;
      else high = middle;
    }
    const found = sorted[low];
    return found?.startsWith(prefix) === true && sorted[low + 1]?.startsWith(prefix) !== true ? found : prefix;
  };
}

function push<Key>(stacks: Map<Key, number[]>, key: Key, index: number): void {
  const stack = stacks.get(key);
  if (stack === undefined) stacks.set(key, [index]);
  else stack.push(index);
}
