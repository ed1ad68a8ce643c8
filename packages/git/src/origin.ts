import type { Git } from './git.ts';
import type { Question } from './question.ts';

export const originQuestion: Question = { args: ['config', '--local', '--get', 'remote.origin.url'], allow: [0, 1, 2] };

/** The address of the remote `origin`, as the checkout's configuration has it; undefined without one. Throws E_GIT. */
export async function originAddress(git: Git): Promise<string | undefined> {
  const { stdout, exitCode } = await git.run(originQuestion.args, { allow: originQuestion.allow });
  return exitCode === 0 ? stdout.trim() : undefined;
}
