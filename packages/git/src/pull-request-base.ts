import type { Git } from './git.ts';

/** The commit that a pull request's changes are counted from, or why it is not known. */
export type PullRequestBase = { readonly kind: 'known'; readonly commit: string } | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Where HEAD is GitHub's trial merge of the branch, that is its first parent: then two commits are history enough. Else it is where the branch
 * left the one that it goes into. Nothing is fetched. E_GIT for a checkout that git cannot read.
 *
 * @param headSha last commit of the pull request's branch
 * @param baseSha tip of the branch it goes into
 */
export async function pullRequestBase(git: Git, { headSha, baseSha }: { headSha: string; baseSha: string }): Promise<PullRequestBase> {
  const { stdout: parents } = await git.run(['rev-list', '--parents', '--max-count=1', 'HEAD']);
  const [, first, second] = parents.trim().split(' ');
  if (first !== undefined && second === headSha) return { kind: 'known', commit: first };
  const { stdout, exitCode } = await git.run(['merge-base', baseSha, 'HEAD'], { allow: [0, 1, 128] });
  if (exitCode === 0) return { kind: 'known', commit: stdout.trim() };
  const shallow = (await git.run(['rev-parse', '--is-shallow-repository'])).stdout.trim() === 'true';
  const reason = shallow
    ? 'the checkout has no history: give actions/checkout fetch-depth: 2'
    : `the checkout has no common history with the base ${baseSha.slice(0, 7)} of the pull request`;
  return { kind: 'unknown', reason };
}
