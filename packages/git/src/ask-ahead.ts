import type { Git } from './git.ts';
import { namesQuestion } from './named-commits.ts';
import { originQuestion } from './origin.ts';
import type { Question } from './question.ts';
import { isSurelyWhole, shallowQuestion } from './shallow-checkout.ts';
import { tagsQuestion } from './tags.ts';

/**
 * Asks at once what everybody asks of a checkout who wants its releases: its tags, which commits some names stand for, whether it is shallow, and where it came
 * from. Whoever asks so then has the answer, at the time that one process takes. For reading only: a tag that is made later is not in the answer.
 *
 * @param names as `namedCommits` is going to be asked for them; none when it is not
 */
export function askAhead(git: Git, names: readonly string[]): Git {
  // The slowest first: each takes some milliseconds to be started.
  const questions: readonly Question[] = [
    tagsQuestion,
    ...(names.length === 0 ? [] : [namesQuestion(names)]),
    ...(isSurelyWhole(git) ? [] : [shallowQuestion]),
    originQuestion,
  ];
  const answers = new Map(
    questions.map(({ args, stdin, allow }) => [keyOf(args, stdin), git.run(args, { ...(stdin === undefined ? {} : { stdin }), allow })]),
  );
  // Whoever asks hears of it; maybe nobody does.
  for (const answer of answers.values()) answer.catch(() => {});
  return {
    ...git,
    run: (args, options) => answers.get(keyOf(args, options?.stdin)) ?? git.run(args, options),
    [Symbol.asyncDispose]: async () => {
      await Promise.allSettled(answers.values());
      await git[Symbol.asyncDispose]();
    },
  };
}

/** Other input than text is of no question. */
const keyOf = (args: readonly string[], stdin: unknown): string =>
  typeof stdin === 'string' || stdin === undefined ? [...args, stdin ?? ''].join('\0') : '';
