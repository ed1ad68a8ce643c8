import { readFile } from 'node:fs/promises';
import { codeOf, type Host, UserError } from '@release-kit/action';
import { field } from './field.ts';

/** What the event that started this run says of its pull request. */
export interface PullRequest {
  readonly number: number;
  /** Last commit of the branch; full hexadecimal name. */
  readonly headSha: string;
  /** Tip of the branch it goes into, when the event happened. */
  readonly baseSha: string;
  /** True when the branch lies in another repository: the job's token can then only read. */
  readonly fromFork: boolean;
}

/** The pull request that this run is for; undefined for other events and outside GitHub. E_HOST for an event that cannot be read. */
export async function pullRequestOf(host: Host): Promise<PullRequest | undefined> {
  return pullRequestIn(await eventOf(host));
}

/** The event that started this run, as foreign data; undefined outside GitHub. E_HOST. */
export async function eventOf(host: Host): Promise<unknown> {
  const file = host.env('GITHUB_EVENT_PATH');
  return file === undefined ? undefined : await readEvent(file);
}

export function pullRequestIn(event: unknown): PullRequest | undefined {
  const pull = field(event, 'pull_request');
  const number = field(pull, 'number');
  const headSha = shaOf(field(pull, 'head'));
  const baseSha = shaOf(field(pull, 'base'));
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || headSha === undefined || baseSha === undefined) return undefined;
  const origin = (side: unknown): unknown => field(field(side, 'repo'), 'full_name');
  return { number, headSha, baseSha, fromFork: origin(field(pull, 'head')) !== origin(field(pull, 'base')) };
}

/** The page of this run, where its summary is; undefined outside GitHub. */
export function runPageOf(host: Host, pull: PullRequest | undefined): string | undefined {
  const { serverUrl, repository } = host.github;
  const id = host.env('GITHUB_RUN_ID');
  if (repository === undefined || id === undefined || !/^\d+$/.test(id)) return undefined;
  return `${serverUrl}/${repository}/actions/runs/${id}${pull === undefined ? '' : `?pr=${pull.number}`}`;
}

async function readEvent(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw new UserError('E_HOST', 'the event that started this run (GITHUB_EVENT_PATH) cannot be read', { cause });
  }
}

function shaOf(side: unknown): string | undefined {
  const sha = field(side, 'sha');
  return typeof sha === 'string' && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(sha) ? sha : undefined;
}
