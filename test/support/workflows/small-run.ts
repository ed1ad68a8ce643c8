import { pushEvent } from './event.ts';
import type { JobOutcome, WorkflowRun } from './outcome.ts';
import { Repositories } from './repositories.ts';
import type { WorkflowRequest } from './request.ts';
import { runWorkflow } from './run.ts';
import { type Files, sampleRepository } from './sample-repository.ts';

/** The repository of small runs. */
export const smallRepository = 'octo-org/hello';

/** Runs one workflow, pushed to main of a repository that holds it and nothing but these files. */
export async function smallRun(workflow: string, given: Partial<WorkflowRequest> & { readonly files?: Files } = {}): Promise<WorkflowRun> {
  const { files = {}, ...request } = given;
  const path = '.github/workflows/test.yml';
  await using repository = await sampleRepository({ ...files, [path]: workflow });
  await using repositories = new Repositories({ [smallRepository]: repository.bare });
  const event = await pushEvent({ repository: smallRepository, bare: repository.bare }, 'refs/heads/main');
  return await runWorkflow({ repository: smallRepository, repositories, workflow: path, event, ...request });
}

/** The only job of a workflow, which has these steps. */
export async function smallJob(steps: string, given: Parameters<typeof smallRun>[1] & { readonly job?: string } = {}): Promise<JobOutcome> {
  const { job: more = '', ...request } = given;
  const indented = (text: string): string => text.trimEnd().replace(/^(?=.)/gm, '    ');
  const run = await smallRun(
    `on: push\npermissions: {}\njobs:\n  one:\n    runs-on: ubuntu-24.04\n${indented(more)}\n    steps:\n${indented(steps)}\n`,
    request,
  );
  const [job] = run.jobs;
  if (job === undefined) throw new Error('no job ran');
  return job;
}

/** Shown name -> conclusion, of jobs in the order of the file. */
export function conclusionsOf(run: WorkflowRun): Readonly<Record<string, string>> {
  return Object.fromEntries(run.jobs.map(({ name, conclusion }) => [name, conclusion]));
}
