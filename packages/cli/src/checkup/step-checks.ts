import type { Finding } from './finding.ts';
import type { WorkflowJob, WorkflowStep } from './workflow-document.ts';

/** Actions of release-kit that read the history. */
const readsHistory = ['changelog', 'draft-release'];
/** Those that run what the project wrote. */
const runsProject = ['build-deb', 'install-smoke', 'lintian-check'];

/** How a job that takes our actions one by one checks the source out. */
export function stepChecks({ steps }: Pick<WorkflowJob, 'steps'>): readonly Finding[] {
  const checkouts = steps.filter(({ uses }) => /^actions\/checkout@/.test(uses));
  const taken = (names: readonly string[]): string | undefined => names.find((name) => steps.some(({ uses }) => actionOf(uses) === name));
  const [history, project] = [taken(readsHistory), taken(runsProject)];
  return checkouts.flatMap((step) => [
    ...(history === undefined || says(step, 'fetch-depth', '0')
      ? []
      : [note('checkout', `${history} has to fetch the history once more: fetch-depth: 0 brings it`, step)]),
    ...(project === undefined || says(step, 'persist-credentials', 'false')
      ? []
      : [
          note(
            'checkout',
            `the token of the job stays in .git, beside what ${project} runs: persist-credentials: false leaves it out`,
            step,
          ),
        ]),
  ]);
}

const actionOf = (uses: string): string | undefined => /^[^/]+\/release-kit\/([a-z-]+)@/.exec(uses)?.[1];

const says = (step: WorkflowStep, input: string, value: string): boolean => String(step.with[input]) === value;

const note = (name: string, finding: string, { place }: WorkflowStep): Finding => ({ name, level: 'note', finding, place });
