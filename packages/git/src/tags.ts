import type { ExecResult } from '@release-kit/action';
import type { Git } from './git.ts';
import { namedCommits } from './named-commits.ts';
import type { Question } from './question.ts';
import { parseTagRefs, tagRefsFormat } from './tag-refs.ts';

/** A tag and the commit that it names in the end, whatever is between them. */
export interface NamedCommit {
  /** Without `refs/tags/`; a stranger's text. */
  readonly name: string;
  /** In full. */
  readonly sha: string;
}

export const tagsQuestion: Question = { args: ['for-each-ref', `--format=${tagRefsFormat}`, 'refs/tags'], allow: [0] };

/** All tags that name a commit, light and annotated ones, by name. Tags of anything else are left out. Throws E_GIT. */
export async function readTags(git: Git): Promise<readonly NamedCommit[]> {
  if (git.deepened !== undefined) return git.deepened.tags;
  const answer = await git.run(tagsQuestion.args);
  const known = readAnswers.get(answer);
  if (known !== undefined) return known;
  const refs = parseTagRefs(answer.stdout);
  const nested = refs.filter(({ sha }) => sha === undefined).map(({ name }) => name);
  const peeled = nested.length === 0 ? new Map<string, string>() : await peel(git, nested);
  const tags = refs.flatMap(({ name, sha = peeled.get(name) }) => (sha === undefined ? [] : [{ name, sha }]));
  readAnswers.set(answer, tags);
  return tags;
}

/** Where git was asked ahead, everybody has the same answer, and thousands of tags are read from it once. */
const readAnswers = new WeakMap<ExecResult, readonly NamedCommit[]>();

/** Tags of tags: git before 2.45 lists the next one only. */
async function peel(git: Git, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const commits = await namedCommits(
    git,
    names.map((name) => `refs/tags/${name}`),
  );
  return new Map(names.flatMap((name, index) => (commits[index] === undefined ? [] : [[name, commits[index]]])));
}

/** So many tags at most are asked about together, group by group, before all of the rest are. */
const groups = [40, 40, 320];
const largestGroup = 320;
/** Groups that are asked about in milliseconds mostly, since their tags are near. */
const nearGroups = 2;

/**
 * Those of `tags`, in their order, that `sha` is or has among its ancestors: all of them, or those up to the first for which `enough` says so.
 *
 * Which tags are ancestors takes a walk through the whole history (0.8 s for 200,000 commits without a commit-graph), while tags that are near cost
 * milliseconds. So a caller that puts the likely ones first and says what is enough has the answer at once.
 *
 * Where many clocks were wrong, git may not notice that one of several is an ancestor: it stops where dates say that nothing more can come.
 *
 * @param sha in full
 * @param given the tags
 * @param exactly each is asked about by itself, for which no clock counts
 * @throws UserError E_GIT
 */
export async function tagsBefore<Tag extends NamedCommit>(
  git: Git,
  sha: string,
  given: readonly Tag[],
  enough?: (tag: Tag) => boolean,
  exactly = false,
): Promise<readonly Tag[]> {
  const tags = presentTags(git, given);
  const found: Tag[] = [];
  for (const group of exactly ? tags.map((tag) => [tag]) : groupsOf(tags, enough)) if (await ask(git, sha, group, found, enough)) break;
  return found;
}

/**
 * The same, where the answer is near: undefined when none of the likely ones is enough, so that whoever can do without it need not let git walk
 * through the history for it.
 */
export async function nearTagsBefore<Tag extends NamedCommit>(
  git: Git,
  sha: string,
  given: readonly Tag[],
  enough: (tag: Tag) => boolean,
): Promise<readonly Tag[] | undefined> {
  const all = groupsOf(presentTags(git, given), enough);
  const found: Tag[] = [];
  for (const group of all.slice(0, nearGroups)) if (await ask(git, sha, group, found, enough)) return found;
  return all.length > nearGroups ? undefined : found;
}

/** What was not fetched is not on the way to the baseline, which is as far as a deepened history goes. */
function presentTags<Tag extends NamedCommit>({ deepened }: Git, given: readonly Tag[]): readonly Tag[] {
  return deepened === undefined ? given : given.filter((tag) => deepened.present.has(tag.sha));
}

/** Tags that are asked about together, in their order. */
function groupsOf<Tag extends NamedCommit>(tags: readonly Tag[], enough: ((tag: Tag) => boolean) | undefined): readonly (readonly Tag[])[] {
  // No answer about those before the first that would be enough ends the search.
  const first = enough === undefined ? -1 : tags.findIndex(enough);
  const sizes = enough === undefined ? [] : groups.map((size, group) => (group === 0 && first !== -1 ? Math.min(size, first + 1) : size));
  let at = 0;
  return [...sizes, tags.length].flatMap((size) => {
    const group = tags.slice(at, at + size);
    at += group.length;
    return group.length === 0 ? [] : [group];
  });
}

/** Adds those of a group that are ancestors to `found`, up to the first that is enough; whether there is one. */
async function ask<Tag extends NamedCommit>(
  git: Git,
  sha: string,
  group: readonly Tag[],
  found: Tag[],
  enough: ((tag: Tag) => boolean) | undefined,
): Promise<boolean> {
  const question = group.length === 1 ? single : group.length > largestGroup ? all : together;
  for (const tag of await question(git, sha, group)) {
    found.push(tag);
    if (enough?.(tag) === true) return true;
  }
  return false;
}

async function single<Tag extends NamedCommit>(git: Git, sha: string, [tag]: readonly Tag[]): Promise<readonly Tag[]> {
  return tag !== undefined && (await isAncestor(git, tag.sha, sha)) ? [tag] : [];
}

async function all<Tag extends NamedCommit>(git: Git, sha: string, tags: readonly Tag[]): Promise<readonly Tag[]> {
  const { stdout } = await git.run(['for-each-ref', `--merged=${sha}`, '--format=%(refname)', 'refs/tags']);
  const merged = new Set(stdout.split('\n'));
  return tags.filter(({ name }) => merged.has(`refs/tags/${name}`));
}

/** What the log of some tags has without all that the commit has: the others are on it or before it. */
async function together<Tag extends NamedCommit>(git: Git, sha: string, tags: readonly Tag[]): Promise<readonly Tag[]> {
  const asked = new Set(tags.map((tag) => tag.sha));
  const others = new Set<string>();
  await git.run(['rev-list', '--stdin'], {
    stdin: [`^${sha}`, ...tags.map((tag) => tag.sha)].map((line) => `${line}\n`).join(''),
    keep: false,
    onLine: (line, stream) => {
      if (stream === 'stdout' && asked.has(line)) others.add(line);
    },
  });
  return tags.filter((tag) => !others.has(tag.sha));
}

/** Whether a commit is another one or among its ancestors; both in full. Throws E_GIT. */
export async function isAncestor(git: Git, ancestor: string, sha: string): Promise<boolean> {
  const { exitCode } = await git.run(['merge-base', '--is-ancestor', ancestor, sha], { allow: [0, 1] });
  return exitCode === 0;
}
