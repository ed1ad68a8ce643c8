import { readFile } from 'node:fs/promises';
import { UserError } from './errors.ts';
import type { Host } from './host.ts';
import type { ActionSpec } from './spec.ts';

type Environment = Host['env'];

/** Whether a pull request of a fork started this run. By the event's own words; where they cannot be read, a pull request counts as one of a fork. */
export async function isOfFork(env: Environment): Promise<boolean> {
  if (env('GITHUB_EVENT_NAME')?.startsWith('pull_request') !== true) return false;
  const event = await eventOf(env);
  return areDifferent(nameIn(event, 'pull_request', 'head', 'repo'), nameIn(event, 'pull_request', 'base', 'repo'));
}

/**
 * Events that run for a fork's commits with the rights of the repository itself: whoever opens a pull request could have a secret do what he wants. An
 * action that was handed one refuses: E_FORK. `pull_request` is no such event: there are no secrets, and the token may only read.
 */
export async function refuseSecretForFork(spec: ActionSpec, env: Environment): Promise<void> {
  const event = env('GITHUB_EVENT_NAME') ?? '';
  if (!(await isForkWithOurRights(event, env))) return;
  const handed = Object.entries(spec.inputs).filter(
    ([name, { type }]) => type === 'secret' && env(`INPUT_${name.toUpperCase()}`) !== undefined,
  );
  if (handed.length > 0)
    throw new UserError(
      'E_FORK',
      `${event} runs for a fork, and this step was handed a secret: ${handed.map(([name]) => name).join(', ')}`,
    );
}

async function isForkWithOurRights(event: string, env: Environment): Promise<boolean> {
  if (event === 'pull_request_target') return await isOfFork(env);
  if (event !== 'workflow_run') return false;
  const said = await eventOf(env);
  return areDifferent(nameIn(said, 'workflow_run', 'head_repository'), nameIn(said, 'repository'));
}

/** A repository that was deleted is none of ours. */
const areDifferent = (head: string | undefined, base: string | undefined): boolean => head === undefined || head !== base;

async function eventOf(env: Environment): Promise<unknown> {
  try {
    return JSON.parse(await readFile(env('GITHUB_EVENT_PATH') ?? '', 'utf8'));
  } catch {
    return undefined; // counts as one of a fork
  }
}

/** `full_name` of the repository at this place of the event. */
function nameIn(event: unknown, ...path: readonly string[]): string | undefined {
  const name = [...path, 'full_name'].reduce(field, event);
  return typeof name === 'string' ? name : undefined;
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
