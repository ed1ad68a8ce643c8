import type { Git } from './git.ts';
import { originQuestion } from './origin.ts';
import { shallowQuestion } from './shallow-checkout.ts';
import { tagsQuestion } from './tags.ts';

/**
 * Asks at once what everybody asks of a checkout who wants its releases: where it came from, whether it is shallow, and its tags. Whoever asks
 * so then has the answer, at the time that one process takes. For reading only: a tag that is made later is not in the answer.
 */
export function askAhead(git: Git): Git {
  const answers = new Map(
    [originQuestion, shallowQuestion, tagsQuestion].map(({ args, allow }) => [keyOf(args), git.run(args, { allow })]),
  );
  // Whoever asks hears of it; maybe nobody does.
  for (const answer of answers.values()) answer.catch(() => {});
  return {
    ...git,
    run: (args, options) => answers.get(keyOf(args)) ?? git.run(args, options),
    [Symbol.asyncDispose]: async () => {
      await Promise.allSettled(answers.values());
      await git[Symbol.asyncDispose]();
    },
  };
}

const keyOf = (args: readonly string[]): string => args.join('\0');
