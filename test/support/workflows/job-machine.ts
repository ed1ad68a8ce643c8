import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Job, startJob } from '../runner/index.ts';
import { identityClaims } from './contexts.ts';
import type { JobDefinition } from './definitions.ts';
import type { Entered } from './environment.ts';
import { type Scope, textIn } from './expression.ts';
import { jobContexts } from './job-contexts.ts';
import type { JsonObject } from './json.ts';
import type { Machine } from './machine.ts';
import { type Permissions, readOnlyPart } from './permissions.ts';
import { type Leg, type Level, type RunState, tokenOf } from './run-state.ts';

export interface TakenMachine extends AsyncDisposable {
  readonly machine: Machine;
  readonly token: string;
  readonly permissions: Permissions;
  readonly idToken: boolean;
}

/** A fresh runner for a job, with a token that may do what the job may, and that ends with it. */
export async function takeMachine(
  state: RunState,
  level: Level,
  definition: JobDefinition,
  leg: Leg,
  entered: Entered,
  signal: AbortSignal,
): Promise<TakenMachine> {
  const { request } = state;
  const { file, source } = level.tree;
  const token = tokenOf(state, leg.key);
  const permissions = state.isFork ? readOnlyPart(leg.permissions) : leg.permissions;
  const idToken = permissions['id-token'] === 'write';
  const claims = identityClaims(state.github, { environment: entered.environment, workflow: source, path: file.path });
  const secrets = { ...without(level.secrets, entered.secrets), ...entered.secrets, GITHUB_TOKEN: token };
  const contexts: JsonObject = {
    ...jobContexts(state, level, leg),
    vars: { ...request.vars, ...entered.vars },
    secrets,
  };
  const job = await startJob({ env: { ...request.env } });
  for (const secret of Object.values(secrets)) job.masks.add(secret);
  const eventPath = await writeEvent(job, state.github);
  const github = { ...state.github, token, job: definition.id, workspace: job.workspace, event_path: eventPath };
  const grants = Object.entries(permissions).flatMap(([scope, granted]) => (granted === 'none' ? [] : [[scope, granted] as const]));
  request.services?.github?.tokens.set(token, { permissions: Object.fromEntries(grants) });
  const machine: Machine = {
    job,
    repositories: request.repositories,
    contexts: { ...contexts, github, runner: runnerContext(job) },
    jobContext: {
      workflow_ref: `${source.repository}/${file.path}@${source.ref}`,
      workflow_sha: source.sha,
      workflow_repository: source.repository,
      workflow_file_path: file.path,
    },
    env: variablesIn([file.env, definition.env], { contexts: { ...contexts, github } }),
    defaults: { ...file.defaults, ...definition.defaults },
    eventPath,
    stepEnv: idToken ? (request.services?.oidc?.envOfJob(claims) ?? {}) : {},
    actionEnv: request.services?.results?.envOfRun(state.runId) ?? {},
    signal,
    posts: [],
    states: new Map(),
  };
  return {
    machine,
    token,
    permissions,
    idToken,
    async [Symbol.asyncDispose]() {
      request.services?.github?.tokens.set(token, 'expired');
      await job[Symbol.asyncDispose]();
    },
  };
}

/** Secrets of an environment take the place of those of the same name, and names do not know upper from lower case. */
function without(secrets: Readonly<Record<string, string>>, others: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const names = new Set(Object.keys(others).map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(secrets).filter(([name]) => !names.has(name.toLowerCase())));
}

async function writeEvent(job: Job, github: JsonObject): Promise<string> {
  const folder = join(job.temporary, '_runner_file_commands');
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'event.json');
  await writeFile(path, JSON.stringify(github['event'] ?? {}, null, 2));
  return path;
}

function runnerContext({ temporary, workspace }: Job): JsonObject {
  return {
    os: 'Linux',
    arch: 'X64',
    name: 'runner',
    environment: 'github-hosted',
    temp: temporary,
    tool_cache: join(temporary, '../tools'),
    workspace,
  };
}

/** `env:` of the workflow, then of the job, which sees that of the workflow. */
function variablesIn(maps: readonly JsonObject[], scope: Scope): Readonly<Record<string, string>> {
  let env: Readonly<Record<string, string>> = {};
  for (const map of maps) {
    const seen = { ...scope, contexts: { ...scope.contexts, env } };
    env = { ...env, ...Object.fromEntries(Object.entries(map).map(([name, value]) => [name, textIn(value, seen)])) };
  }
  return env;
}
