import { UserError } from '@release-kit/action';
import type { Git } from '@release-kit/git';

/** Throws E_GIT: with a part of the history every answer would be a guess. */
export async function refuseShallow(git: Git): Promise<void> {
  const { stdout } = await git.run(['rev-parse', '--is-shallow-repository']);
  if (stdout.trim() !== 'true') return;
  throw new UserError('E_GIT', 'the checkout is shallow: it lacks the history and the tags to compare with', {
    cure: 'Check out with fetch-depth: 0 (actions/checkout), or run git fetch --unshallow --tags.',
  });
}
