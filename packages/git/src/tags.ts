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
  const { stdout } = await git.run(tagsQuestion.args);
  const refs = parseTagRefs(stdout);
  const nested = refs.filter(({ sha }) => sha === undefined).map(({ name }) => name);
  const peeled = nested.length === 0 ? new Map<string, string>() : await peel(git, nested);
  return refs.flatMap(({ name, sha = peeled.get(name) }) => (sha === undefined ? [] : [{ name, sha }]));
}

/** Tags of tags: git before 2.45 lists the next one only. */
async function peel(git: Git, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const commits = await namedCommits(
    git,
    names.map((name) => `refs/tags/${name}`),
  );
  return new Map(names.flatMap((name, index) => (commits[index] === undefined ? [] : [[name, commits[index]]])));
}

/** Questions about one tag each, before all of the rest are asked about at once. */
const singleQuestions = 6;

/**
 * Those of `tags`, in their order, that `sha` is or has among its ancestors: all of them, or those up to the first for which `enough` says so.
 *
 * Which tags are ancestors takes a walk through the whole history (0.8 s for 200,000 commits without a commit-graph), while a tag that is near costs
 * milliseconds. So a caller that puts the likely one first and says what is enough has the answer at once.
 *
 * @param sha in full
 * @param given the tags
 * @throws UserError E_GIT
 */
export async function tagsBefore<Tag extends NamedCommit>(
  git: Git,
  sha: string,
  given: readonly Tag[],
  enough?: (tag: Tag) => boolean,
): Promise<readonly Tag[]> {
  const { deepened } = git;
  // What was not fetched is not on the way to the baseline, which is as far as a deepened history goes.
  const tags = deepened === undefined ? given : given.filter((tag) => deepened.present.has(tag.sha));
  const found: Tag[] = [];
  const single = enough === undefined ? 0 : singleQuestions;
  for (const tag of tags.slice(0, single)) {
    if (!(await isAncestor(git, tag.sha, sha))) continue;
    found.push(tag);
    if (enough?.(tag) === true) return found;
  }
  if (tags.length <= single) return found;
  const { stdout } = await git.run(['for-each-ref', `--merged=${sha}`, '--format=%(refname)', 'refs/tags']);
  const merged = new Set(stdout.split('\n'));
  for (const tag of tags.slice(single)) {
    if (!merged.has(`refs/tags/${tag.name}`)) continue;
    found.push(tag);
    if (enough?.(tag) === true) return found;
  }
  return found;
}

/** Whether a commit is another one or among its ancestors; both in full. Throws E_GIT. */
export async function isAncestor(git: Git, ancestor: string, sha: string): Promise<boolean> {
  const { exitCode } = await git.run(['merge-base', '--is-ancestor', ancestor, sha], { allow: [0, 1] });
  return exitCode === 0;
}
