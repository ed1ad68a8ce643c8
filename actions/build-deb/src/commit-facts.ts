import { type Host, UserError } from '@release-kit/action';
import { findCheckout, type Git, openGit } from '@release-kit/git';
import type { CommitFacts } from './snapshot-version.ts';

/** Reads what a snapshot's version is made of. E_GIT outside a checkout, without a commit, and where history or tags are missing. */
export async function readCommitFacts(host: Host, folder: string): Promise<CommitFacts> {
  await using git = await openGit(host, await findCheckout(folder));
  if ((await git.run(['rev-parse', '--is-shallow-repository'])).stdout.trim() === 'true')
    throw new UserError('E_GIT', 'the checkout is shallow: without its history and tags no snapshot version can be made', {
      cure: 'Check out with fetch-depth: 0 (actions/checkout), or run git fetch --unshallow --tags.',
    });
  const sha = await headOf(git);
  const { stdout: dates } = await git.run(['log', '--no-color', '--format=%ct', '--end-of-options', sha, '--']);
  const times = dates.split('\n').filter((line) => /^[0-9]{1,12}$/.test(line));
  const { stdout: refs } = await git.run(['for-each-ref', `--merged=${sha}`, '--format=%(refname)', 'refs/tags']);
  const tags = refs
    .split('\n')
    .filter((ref) => ref !== '')
    .map((ref) => ref.slice('refs/tags/'.length));
  return { sha, count: times.length, newest: times.reduce((most, time) => Math.max(most, Number(time)), 0), tags };
}

/** The date of the commit that is checked out, seconds since 1970; undefined outside a checkout and without a commit. */
export async function commitTime(host: Host, folder: string): Promise<number | undefined> {
  const checkout = await findCheckout(folder).catch((cause: unknown) => {
    if (cause instanceof UserError && cause.code === 'E_GIT') return undefined;
    throw cause;
  });
  if (checkout === undefined) return undefined;
  await using git = await openGit(host, checkout);
  const { exitCode, stdout } = await git.run(['log', '-1', '--no-color', '--format=%ct'], { allow: 'any' });
  const time = Number(stdout.trim());
  return exitCode === 0 && Number.isSafeInteger(time) && time > 0 ? time : undefined;
}

async function headOf(git: Git): Promise<string> {
  const { exitCode, stdout } = await git.run(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], { allow: [0, 1, 128] });
  const sha = stdout.trim();
  if (exitCode === 0 && /^[0-9a-f]{40,64}$/.test(sha)) return sha;
  throw new UserError('E_GIT', 'the checkout has no commit that a snapshot version could be made of', { cure: 'Commit something first.' });
}
