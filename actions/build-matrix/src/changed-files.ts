import { realpath } from 'node:fs/promises';
import { posix, relative, sep } from 'node:path';
import { type Host, inertLine, UserError } from '@release-kit/action';
import { findCheckout, type Git, openGit } from '@release-kit/git';
import type { Comparison } from './comparison.ts';
import type { Changes } from './selection.ts';

/**
 * The files that changed, relative to `root` (absolute), by git alone: nothing is fetched. For a pull request that cannot be compared,
 * the reason; for a base that the user named, E_GIT.
 */
export async function changedFiles(comparison: Comparison, root: string, host: Host): Promise<Changes> {
  if (comparison.kind === 'all') return comparison;
  try {
    await using git = await openGit(host, await findCheckout(root));
    const range = await rangeOf(comparison, git, host.github.sha);
    if (range.kind === 'unknown') return { kind: 'all', reason: range.reason };
    const { stdout } = await git.run(['diff-tree', '-r', '-z', '--name-only', '--no-renames', range.from, 'HEAD']);
    const seen = relative(git.checkout, await realpath(root))
      .split(sep)
      .join('/');
    const files = stdout.split('\0').filter((file) => file !== '');
    return { kind: 'files', files: files.map((file) => posix.relative(seen, file)), since: range.name };
  } catch (error) {
    // A pull request must not fail for a checkout that lacks the history: it is built whole instead.
    if (comparison.kind === 'named' || !(error instanceof UserError) || error.code !== 'E_GIT') throw error;
    return { kind: 'all', reason: `the changed files are not known: ${error.message}` };
  }
}

type Range =
  | { readonly kind: 'known'; readonly from: string; readonly name: string }
  | { readonly kind: 'unknown'; readonly reason: string };

async function rangeOf(comparison: Exclude<Comparison, { kind: 'all' }>, git: Git, sha: string | undefined): Promise<Range> {
  if (comparison.kind === 'named') return namedRange(comparison.base, git);
  const { base, branch, merge } = comparison;
  const parent = merge ? await firstParent(git, sha) : undefined;
  // GitHub's trial merge: its first parent is the base branch as it was merged with, so that two commits are history enough.
  if (parent !== undefined) return { kind: 'known', from: parent, name: `${parent.slice(0, 7)} (${branch})` };
  const cure = 'check out with fetch-depth: 2, or 0 for the whole history';
  if ((await commitOf(git, base)) === undefined)
    return { kind: 'unknown', reason: `the base ${base.slice(0, 7)} of the pull request is not in the checkout; ${cure}` };
  const from = await mergeBase(git, base);
  if (from === undefined)
    return { kind: 'unknown', reason: `the checkout has no common history with the base ${base.slice(0, 7)}; ${cure}` };
  return { kind: 'known', from, name: `${from.slice(0, 7)} (${branch})` };
}

async function namedRange(base: string, git: Git): Promise<Range> {
  const cure = { cure: 'Correct the input base; on a runner, check out with fetch-depth: 0.' };
  const commit = await commitOf(git, base);
  const shown = JSON.stringify(inertLine(base));
  if (commit === undefined) throw new UserError('E_GIT', `base is ${shown}, which names no commit, branch or tag of this checkout`, cure);
  const from = await mergeBase(git, commit);
  if (from === undefined) throw new UserError('E_GIT', `base is ${shown}, which has no history in common with HEAD here`, cure);
  return { kind: 'known', from, name: `${from.slice(0, 7)} (${base})` };
}

/** When HEAD is the merge that the run was started for; a shallow checkout does not know the parents of its last commit. */
async function firstParent(git: Git, sha: string | undefined): Promise<string | undefined> {
  const { stdout } = await git.run(['rev-list', '--parents', '--max-count=1', 'HEAD']);
  const [head, first, second] = stdout.trim().split(' ');
  return head === sha && second !== undefined ? first : undefined;
}

async function commitOf(git: Git, name: string): Promise<string | undefined> {
  const { stdout, exitCode } = await git.run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], {
    allow: [0, 1, 128],
  });
  const sha = stdout.trim();
  return exitCode === 0 && /^[0-9a-f]{40,64}$/.test(sha) ? sha : undefined;
}

async function mergeBase(git: Git, base: string): Promise<string | undefined> {
  const { stdout, exitCode } = await git.run(['merge-base', base, 'HEAD'], { allow: [0, 1] });
  return exitCode === 0 ? stdout.trim() : undefined;
}
