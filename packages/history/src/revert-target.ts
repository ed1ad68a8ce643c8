import type { RevertTarget } from './commit.ts';

// git writes one SHA; people who take several commits back at once write a list.
const revertedShas = /\bThis reverts commits? ((?:[0-9a-f]{7,64}\b(?:,? and |, ?)?)+)/g;
/** Conventional Commits 1.0.0, "How does Conventional Commits handle revert commits?": `Refs: 676104e, a215868`. */
const refsShas = /^Refs: ((?:[0-9a-f]{7,64}\b(?:, ?)?)+)/m;
/** What GitHub's button writes into the pull request that takes another one back. */
const revertedPullRequest = /^Reverts (?:[\w.-]+\/[\w.-]+)?#(\d{1,9})\b/m;
const revertWords = ['Revert "', 'Reapply "'];
const pullRequestSuffix = / \(#(\d{1,9})\)$/;

/** git's own headers; a `revert:` header is told by its type. */
export function isGitRevert(subject: string): boolean {
  return revertedSubject(subject) !== undefined;
}

/** What a revert takes back, as its header and body say. Linear in both. */
export function revertTarget(subject: string, description: string, body: string): RevertTarget {
  const said = [...body.matchAll(revertedShas)].flatMap(([, list = '']) => shasIn(list));
  const pullRequest = revertedPullRequest.exec(body)?.[1];
  return {
    shas: [...new Set(said.length > 0 ? said : shasIn(refsShas.exec(body)?.[1] ?? ''))],
    subject: revertedSubject(subject) ?? description,
    pullRequest: pullRequest === undefined ? undefined : Number(pullRequest),
  };
}

function shasIn(list: string): readonly string[] {
  return list.match(/[0-9a-f]{7,64}/g) ?? [];
}

/** `feat: x (#12)` -> `feat: x` and 12: GitHub puts the number behind the title of what it squashes. */
export function splitPullRequest(subject: string): { readonly bare: string; readonly pullRequest: number | undefined } {
  const number = subject.endsWith(')') ? pullRequestSuffix.exec(subject.slice(-14)) : null;
  if (number === null) return { bare: subject, pullRequest: undefined };
  return { bare: subject.slice(0, subject.length - number[0].length), pullRequest: Number(number[1]) };
}

function revertedSubject(subject: string): string | undefined {
  if (!subject.startsWith('Re')) return undefined;
  const word = revertWords.find((start) => subject.startsWith(start));
  const end = subject.lastIndexOf('"');
  if (word === undefined || end < word.length || !/^(?: \(#\d{1,9}\))*$/.test(subject.slice(end + 1))) return undefined;
  const inner = subject.slice(word.length, end);
  // `Reapply "x"` is what git calls the revert of `Revert "x"`.
  return word.startsWith('Reapply') ? `Revert "${inner}"` : inner;
}
