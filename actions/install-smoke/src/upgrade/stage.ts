import type { Category } from '../category.ts';
import { type Problem, ProblemError } from '../problem.ts';
import type { Finding, Steps } from '../steps.ts';

/** Steps under names that say at which point of the track they are; what they find is changed by `change` before it is told. */
export function stageSteps(steps: Steps, stage: string, change: (problem: Problem) => Problem): Steps {
  const named = (name: string): string => `${name} (${stage})`;
  const changed =
    <F extends Finding>(body: () => Promise<F>) =>
    async (): Promise<F> => {
      try {
        const finding = await body();
        return finding.problems === undefined ? finding : { ...finding, problems: finding.problems.map(change) };
      } catch (error) {
        throw error instanceof ProblemError ? new ProblemError(change(error.problem), error) : error;
      }
    };
  return {
    list: steps.list,
    problems: steps.problems,
    run: (name, body) => steps.run(named(name), changed(body)),
    begin: (name, body) => steps.begin(named(name), changed(body)),
    leaveOut: (names, why) => steps.leaveOut(names.map(named), why),
  };
}

/** What a failed installation is when the version changes: a script that hangs or wants the network is so whatever was installed. */
export function changeFailed(category: 'upgrade-failed' | 'downgrade-failed', what: string): (problem: Problem) => Problem {
  const general: readonly Category[] = ['script-failed', 'not-installed', 'conflict', 'file-conflict', 'missing-dependency'];
  return (problem) => (general.includes(problem.category) ? { ...problem, category, message: `${what}: ${problem.message}` } : problem);
}

/** In the previous release nothing is judged: what is wrong with it is told, and forgiven where it comes back to it. */
export const forgiven = (problem: Problem): Problem => ({ ...problem, level: 'warning' });

/** What worked with the other version must work after `what`; `known`: what did not work before. */
export function brokenBy(what: string, known: readonly Problem[]): (problem: Problem) => Problem {
  const before = new Set(known.map(sameness));
  return (problem) => {
    if (before.has(sameness(problem))) return forgiven(problem);
    const message = problem.message.startsWith('after ') ? problem.message : `after ${what}: ${problem.message}`;
    return { ...problem, category: 'state-broken', message };
  };
}

/** Two problems of one check are the same, whatever the words. */
function sameness({ category, subject, place }: Problem): string {
  return JSON.stringify([category, subject, place]);
}
