import type { JobDefinition } from './definitions.ts';
import { isObject, type JsonObject, objectOf } from './json.ts';
import { excessOf, type Permissions, readPermissions } from './permissions.ts';
import type { Repositories, Source } from './repositories.ts';
import { InvalidWorkflow, readWorkflow, type WorkflowFile } from './workflow-file.ts';

/** How deep workflows may call each other, the first one counted. */
const deepest = 10;

/** A workflow with all that it calls, read and found right before any job starts. */
export interface WorkflowTree {
  readonly file: WorkflowFile;
  readonly source: Source;
  /** What each job's token may do. */
  readonly permissions: ReadonlyMap<string, Permissions>;
  readonly calls: ReadonlyMap<string, WorkflowTree>;
}

/**
 * Reads a workflow and those it calls. `./…` in a called one is its own repository and commit. Throws InvalidWorkflow for
 * what GitHub refuses at the start: a file that is missing or wrong, inputs and secrets that do not fit, and permissions
 * beyond those of the caller.
 */
export async function readTree(repositories: Repositories, source: Source, path: string, allowed: Permissions): Promise<WorkflowTree> {
  return readLevel(repositories, source, path, { allowed, caller: undefined, depth: 1 });
}

interface Level {
  readonly allowed: Permissions;
  /** How the calling job names it. */
  readonly caller: string | undefined;
  readonly depth: number;
}

async function readLevel(repositories: Repositories, source: Source, path: string, level: Level): Promise<WorkflowTree> {
  const content = await repositories.file(source, path);
  if (content === undefined) throw new InvalidWorkflow([`${path}: not found in ${source.repository} at ${source.ref}`]);
  if (level.depth > deepest) throw new InvalidWorkflow([`${path}: more than ${deepest} levels of workflows`]);
  const file = await readWorkflow(content, path);
  const permissions = new Map<string, Permissions>();
  const calls = new Map<string, WorkflowTree>();
  for (const job of file.jobs.values()) {
    const asked = readPermissions(job.permissions) ?? readPermissions(file.permissions);
    const excess = level.caller === undefined || asked === undefined ? undefined : excessOf(asked, level.allowed);
    if (excess !== undefined)
      throw new InvalidWorkflow([`Error calling workflow '${level.caller}'. The nested job '${job.id}' ${excess}.`]);
    const granted = asked ?? level.allowed;
    permissions.set(job.id, granted);
    if (job.work.kind !== 'call') continue;
    const called = await readCalled(repositories, source, job.work.uses, { ...level, allowed: granted, depth: level.depth + 1 });
    refuseMisfits(job, called.file, path);
    calls.set(job.id, called);
  }
  return { file, source, permissions, calls };
}

async function readCalled(repositories: Repositories, source: Source, uses: string, level: Level): Promise<WorkflowTree> {
  if (uses.startsWith('./')) return readLevel(repositories, source, uses.slice(2), { ...level, caller: uses });
  const [, repository = '', path = '', ref = ''] = /^([\w.-]+\/[\w.-]+)\/(\.github\/workflows\/[^/@]+\.ya?ml)@(.+)$/.exec(uses) ?? [];
  if (repository === '') throw new InvalidWorkflow([`invalid workflow reference '${uses}'`]);
  const found = await repositories.find(repository, ref);
  if (found === undefined)
    throw new InvalidWorkflow([
      `error parsing called workflow "${uses}": reference to workflow should be a tag, a branch or a full commit`,
    ]);
  return readLevel(repositories, found, path, { ...level, caller: uses });
}

/** What `with` and `secrets` of a call and the declarations of the called workflow say about each other. */
function refuseMisfits(job: JobDefinition, called: WorkflowFile, path: string): void {
  if (job.work.kind !== 'call') return;
  const { uses, with: inputs, secrets } = job.work;
  const problems: string[] = [];
  if (!Object.hasOwn(called.on, 'workflow_call'))
    problems.push(`workflow '${uses}' is not reusable, for 'workflow_call' is missing from it`);
  const call = callOf(called);
  for (const name of Object.keys(inputs))
    if (named(call.inputs, name) === undefined) problems.push(`Invalid input, ${name} is not defined in the referenced workflow.`);
  for (const [name, input] of Object.entries(call.inputs))
    if (isObject(input) && input['required'] === true && named(inputs, name) === undefined)
      problems.push(`Input ${name} is required, but not provided while calling.`);
  if (secrets !== 'inherit') {
    for (const name of Object.keys(secrets))
      if (named(call.secrets, name) === undefined) problems.push(`Invalid secret, ${name} is not defined in the referenced workflow.`);
    for (const [name, secret] of Object.entries(call.secrets))
      if (isObject(secret) && secret['required'] === true && named(secrets, name) === undefined)
        problems.push(`Secret ${name} is required, but not provided while calling.`);
  }
  if (problems.length > 0) throw new InvalidWorkflow(problems.map((problem) => `${path}: job ${job.id}: ${problem}`));
}

/** What `on.workflow_call` declares. */
export function callOf(file: WorkflowFile): { readonly inputs: JsonObject; readonly secrets: JsonObject; readonly outputs: JsonObject } {
  const call = objectOf(file.on['workflow_call'], `${file.path}: on.workflow_call`);
  const part = (name: string): JsonObject => objectOf(call[name], `${file.path}: on.workflow_call.${name}`);
  return { inputs: part('inputs'), secrets: part('secrets'), outputs: part('outputs') };
}

/** Names of inputs and secrets do not know upper from lower case. */
export function named<T>(values: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.entries(values).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}
