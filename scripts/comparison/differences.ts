/** Why two changelogs of one history differ, commit by commit. */
import type { Changelog, ListedCommit, OwnChangelog } from './changelogs.ts';
import { closureOf, type PlainCommit } from './git-history.ts';
import { isConventional } from './oracle.ts';

/** One history as git, we and another tool see it. */
export interface Compared {
  readonly history: ReadonlyMap<string, PlainCommit>;
  readonly own: OwnChangelog;
  readonly other: Changelog;
  /** The commit of a release, by its name. */
  readonly commitOf: ReadonlyMap<string, string>;
}

export type Reasons = Readonly<Record<string, string>>;

/** By category: the commits. */
export type Differences = ReadonlyMap<string, readonly string[]>;

export const unexplained = 'unexplained';

export const cliffReasons: Reasons = {
  'no-convention': 'only ours: no conventional header, so git-cliff leaves it out; ours lists it under "Other changes"',
  'git-revert': 'only ours: git\'s own `Revert "…"` is no conventional header; ours lists it where what it takes back was released before',
  'its-configuration':
    'only ours: its default configuration skips `chore(deps…)`, `chore(pr)`, `chore(pull)` and `chore(release): prepare for`',
  'no-blank-line': 'only ours: text right below the header makes its parser refuse the whole commit; for us the header decides',
  'its-header':
    'only ours: a conventional header that its parser does not take (blanks before it, several behind the colon, letters beyond ASCII)',
  'its-body': 'only ours: the header is conventional, but its parser refuses the body',
  'taken-back': 'only git-cliff: a revert in the same release took it back, or it is that revert; git-cliff lists both',
  fixup: 'only git-cliff: `fixup!` of a commit in the same release',
  'header-without-blank':
    'both: `type:text` is conventional for git-cliff; the specification requires a blank, so ours lists it under "Other changes"',
  'type-is-no-noun':
    'both: git-cliff takes anything before the colon for a type (`refactor/fix`, a picture); it is no noun, so ours lists it under "Other changes"',
  'breaking-body':
    'both, breaking: git-cliff takes words in the text for a breaking footer that are none by the specification (items 8 to 12)',
  'breaking-missed': 'both, breaking: git-cliff misses a breaking footer, as its parser ends footers earlier',
  'candidate-of-a-release':
    'both, other release: git-cliff has sections for candidates; ours gives their commits to the stable release that followed, or comes next',
  'release-without-it': 'both, other release: git-cliff puts the commit, by its date, under a release that does not contain it',
  'later-release': 'both, other release: git-cliff puts the commit, by its date, under a later release than the first that contains it',
  'released-by-none': 'both, other release: git-cliff has it as unreleased although a release contains it, as it cuts its list by dates',
  'released-too-early': 'both, other release: git-cliff has it under a release, although none contains it',
};

/** Skipped by git-cliff without a configuration. */
const skipped = /^chore(?:\(release\): prepare for|\(deps[^\n]*\)|\(pr\)|\(pull\))/;

export function cliffDifferences(compared: Compared): Differences {
  const { history, own, other, commitOf } = compared;
  const found = collector();
  const closures = new Map<string, ReadonlySet<string>>();
  const contains = (release: string, sha: string): boolean => {
    const closure = closures.get(release) ?? closureOf(history, commitOf.get(release) ?? '');
    closures.set(release, closure);
    return closure.has(sha);
  };
  for (const [sha, commit] of history) {
    const [ours, theirs] = [own.listed.get(sha), other.get(sha)];
    const listed = ours !== undefined && ours.kind !== 'merge';
    if (listed && theirs === undefined) found.add(whyNotInCliff(commit, ours), sha);
    if (ours === undefined && theirs !== undefined)
      found.add(/^(?:fixup|squash|amend)! /.test(commit.message) ? 'fixup' : 'taken-back', sha);
    if (ours === undefined || theirs === undefined) continue;
    if (ours.kind === 'other') found.add(whyConventional(commit), sha);
    if (ours.breaking !== theirs.breaking) found.add(ours.breaking ? 'breaking-missed' : 'breaking-body', sha);
    if (ours.release !== theirs.release) found.add(whyOtherRelease(sha, ours.release, theirs.release, contains), sha);
  }
  return found.all;
}

function whyNotInCliff({ message }: PlainCommit, { kind }: ListedCommit): string {
  if (!isConventional(message)) return kind === 'revert' ? 'git-revert' : 'no-convention';
  const text = message.trimStart();
  if (skipped.test(text)) return 'its-configuration';
  const [header = '', second = ''] = text.split('\n');
  if (second.trim() !== '') return 'no-blank-line';
  if (text !== message || !/^[A-Za-z][\w-]*(?:\([^()\t]+\))?!?: \S/.test(header)) return 'its-header';
  return 'its-body';
}

function whyConventional({ message }: PlainCommit): string {
  const [header, blank] = /^[^\s(:]+(?:\([^)]*\))?!?:(\s)?/.exec(message) ?? [];
  return header === undefined ? unexplained : blank === undefined ? 'header-without-blank' : 'type-is-no-noun';
}

function whyOtherRelease(sha: string, ours: string, theirs: string, contains: (release: string, sha: string) => boolean): string {
  const isCandidate = /\d-/.test(theirs);
  if (ours === '') return !contains(theirs, sha) ? 'released-too-early' : isCandidate ? 'candidate-of-a-release' : unexplained;
  if (theirs === '') return contains(ours, sha) ? 'released-by-none' : unexplained;
  if (!contains(ours, sha)) return unexplained;
  if (!contains(theirs, sha)) return 'release-without-it';
  // Both contain it: ours has to be the lower one, or theirs a candidate that ours does not tell apart.
  if (isCandidate) return 'candidate-of-a-release';
  return isLower(ours, theirs) ? 'later-release' : unexplained;
}

function isLower(a: string, b: string): boolean {
  const numbers = (name: string): readonly number[] => /(\d+)\.(\d+)\.(\d+)/.exec(name)?.slice(1).map(Number) ?? [];
  const [left, right] = [numbers(a), numbers(b)];
  const place = left.findIndex((number, index) => number !== right[index]);
  return place === -1 || (left[place] ?? 0) < (right[place] ?? 0);
}

export const conventionalReasons: Reasons = {
  'no-convention': 'only ours: no conventional header; conventional-changelog leaves it out, ours lists it under "Other changes"',
  'merge-commit': 'only ours: a merge commit with a title of its own; conventional-changelog reads no merges',
  'hidden-type': 'only ours: the preset hides types other than feat, fix, perf and revert',
  'its-header': 'only ours: a header that its pattern does not take (blanks before it, a hyphen in the type, letters beyond ASCII)',
  'its-reverts':
    'only ours: conventional-changelog takes out commits by the text of their revert, wherever that is; the revert is in another release, or was reverted',
  unlinked: 'both: its entry has no link to the commit, as its parser takes that for a part of what breaks',
  'taken-back': 'only conventional-changelog: a revert in the same release took it back, or it is that revert',
};

export function conventionalDifferences({ history, own, other }: Compared): Differences {
  const found = collector();
  const reverted = [...history.values()].flatMap(({ message }) =>
    [...message.matchAll(/This reverts commit ([0-9a-f]{7,40})/g)].map(([, sha = '']) => sha),
  );
  const quoted = new Set([...history.values()].map(({ message }) => /^(?:Revert|revert:?) "?([^"\n]*)/.exec(message)?.[1]));
  for (const [sha, { message, parents }] of history) {
    const [ours, theirs] = [own.listed.get(sha), other.get(sha)];
    if (ours === undefined && theirs !== undefined) found.add('taken-back', sha);
    if (ours === undefined || theirs !== undefined || ours.kind === 'merge') continue;
    const header = message.trimStart().split('\n', 1)[0] ?? '';
    const shown = /^(?:feat|feature|fix|perf|revert)(?:\([^)]*\))?!?:/i.test(header) || ours.breaking;
    if (!isConventional(message) && ours.kind !== 'revert') found.add('no-convention', sha);
    else if (parents.length > 1) found.add('merge-commit', sha);
    else if (!shown && ours.kind !== 'revert') found.add('hidden-type', sha);
    else if (
      ours.kind === 'revert' ||
      /This reverts commit/.test(message) ||
      reverted.some((each) => sha.startsWith(each)) ||
      quoted.has(header)
    )
      found.add('its-reverts', sha);
    else if (ours.breaking) found.add('unlinked', sha);
    else found.add(/^\w+(?:\([^()]*\))?!?: /.test(message) ? unexplained : 'its-header', sha);
  }
  return found.all;
}

function collector() {
  const all = new Map<string, string[]>();
  const add = (category: string, sha: string): void => {
    const list = all.get(category);
    if (list === undefined) all.set(category, [sha]);
    else list.push(sha);
  };
  return { all, add };
}
