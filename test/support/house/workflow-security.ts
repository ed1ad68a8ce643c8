import { neededPermissions, strongest } from './job-permissions.ts';
import type { Problems, SourceTree } from './source-tree.ts';
import { type Workflow, type WorkflowJob, workflowsIn } from './workflow-reading.ts';

/** Actions that run the project's code, or code that its files name. */
const runsProject = new Set(['build-deb', 'install-smoke', 'lintian-check']);
/** In an expression; the token of the job is none that somebody has to keep. */
const secretWords = /\$\{\{[^}]*\bsecrets\b/;

/** Rules S1, S3, S4, S5, S8 and S9 of docs/threat-model.md that need the structure of a workflow; workflow-rules.ts has those of single lines. */
export function workflowSecurityProblems(tree: SourceTree): Problems {
  const workflows = workflowsIn(tree);
  return [
    ...workflows.flatMap((workflow) => [
      ...headProblems(workflow),
      ...workflow.jobs.flatMap((job) =>
        [
          ...cacheProblems(workflow, job),
          ...secretProblems(job, workflow.isPublic),
          ...(workflow.isPublic ? publicProblems(job) : []),
          ...permissionProblems(job, workflows),
        ].map((problem) => `${workflow.path}: job ${job.name}: ${problem}`),
      ),
    ]),
    ...pinProblems(workflows),
  ];
}

function headProblems({ path, head }: Workflow): Problems {
  return secretWords.test(head) ? [`${path}: S4 a secret outside of a step`] : [];
}

/** S3: what a tag releases comes from nothing that another run left. */
function cacheProblems({ forTags }: Workflow, { calls, inputs, steps }: WorkflowJob): Problems {
  const problems: string[] = [];
  if (forTags && calls?.endsWith('/build-packages.yml') === true && inputs['cache'] !== false)
    problems.push('S3 a release builds with cache: false');
  for (const { action, inputs: given } of steps) {
    if (/^actions\/cache(\/|$)/.test(action))
      problems.push(`S3 ${action}: actions keep their own caches, by keys that no pull request chooses`);
    if (forTags && /\/setup-/.test(action) && given['cache'] !== undefined && given['cache'] !== false)
      problems.push(`S3 ${action} restores a cache in a release`);
  }
  return problems;
}

/**
 * S4: secrets are read by single steps, in jobs that have an environment; where others call, by the step that signs, in a job that runs nothing of the
 * project and, S5, for tags only.
 */
function secretProblems({ calls, head, steps, environment, condition }: WorkflowJob, isPublic: boolean): Problems {
  const problems = secretWords.test(head) ? ['S4 a secret outside of a step'] : [];
  const reading = steps.filter(({ text }) => secretWords.test(text));
  if (calls !== undefined || reading.length === 0) return problems;
  if (!environment) problems.push('S5 whoever reads a secret has an environment');
  if (!isPublic) return problems;
  for (const { action, run } of reading)
    if (run !== undefined || action !== 'sign-artifacts')
      problems.push(`S4 ${action || 'a script'} gets a secret; only sign-artifacts may`);
  if (!/github\.ref_type == 'tag'/.test(condition))
    problems.push("S5 whoever reads a secret runs for tags only: if: github.ref_type == 'tag'");
  const strangers = steps.filter(({ action, run }) => run !== undefined || runsProject.has(action) || action === 'actions/checkout');
  for (const { action } of strangers) problems.push(`S4 ${action || 'a script'} runs beside a secret`);
  return problems;
}

/** S8 and the zones: workflows that others call hold no script, and what writes or signs runs nothing of the project. */
function publicProblems({ steps, permissions = [] }: WorkflowJob): Problems {
  const problems: string[] = [];
  const writes = permissions.filter((one) => one.endsWith(': write') && !/^(checks|security-events):/.test(one));
  for (const { action, run, inputs, uses } of steps) {
    if (run !== undefined) problems.push('S8 a script in a workflow that others call');
    if (action === 'actions/checkout' && inputs['persist-credentials'] !== false)
      problems.push('S9 checkout keeps the token: persist-credentials: false');
    if (writes.length > 0 && (runsProject.has(action) || action === 'actions/checkout'))
      problems.push(`S9 ${action} runs where ${writes.join(' and ')} is granted`);
    if (uses.startsWith('./') && !uses.startsWith('./dist/')) problems.push(`S1 ${uses} is a folder of the caller`);
  }
  return problems;
}

/** S9: each job has what its steps need and nothing else. */
function permissionProblems(job: WorkflowJob, workflows: readonly Workflow[]): Problems {
  const needed = neededPermissions(job, workflows);
  if (needed === undefined) return [];
  const given = strongest(job.permissions ?? []);
  if (job.permissions === undefined && needed.length > 0) return [`S9 says no permissions; it needs ${needed.join(', ')}`];
  const [more, less] = [given.filter((one) => !needed.includes(one)), needed.filter((one) => !given.includes(one))];
  return [...more.map((one) => `S9 ${one} is granted, but nothing needs it`), ...less.map((one) => `S9 ${one} is missing`)];
}

/** S1: one action, one version: the same commit under the same comment everywhere. */
function pinProblems(workflows: readonly Workflow[]): Problems {
  const commits = new Map<string, string>();
  return workflows.flatMap(({ path, jobs }) =>
    jobs.flatMap(({ steps }) =>
      steps.flatMap(({ action, uses }) => {
        const commit = /@([0-9a-f]{40})$/.exec(uses)?.[1];
        if (commit === undefined) return [];
        const known = commits.get(action) ?? commit;
        commits.set(action, known);
        return known === commit ? [] : [`${path}: S1 ${action} is pinned to ${commit}, elsewhere to ${known}`];
      }),
    ),
  );
}
