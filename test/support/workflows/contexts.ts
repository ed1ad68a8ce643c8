import type { WorkflowEvent } from './event.ts';
import type { Json, JsonObject } from './json.ts';
import type { Source } from './repositories.ts';

/** What stays the same through a run. */
export interface RunIdentity {
  readonly repository: string;
  readonly event: WorkflowEvent;
  readonly runId: number;
  readonly attempt: number;
  /** Name and place of the workflow that the event started. */
  readonly workflow: { readonly name: string; readonly path: string; readonly sha: string };
  readonly apiUrl: string;
  /** What a test wants otherwise. */
  readonly more: JsonObject;
}

/** The `github` context of a run, without what belongs to one job. */
export function githubContext({ repository, event, runId, attempt, workflow, apiUrl, more }: RunIdentity): JsonObject {
  const [owner = ''] = repository.split('/');
  const kind = event.ref.startsWith('refs/tags/') ? 'tag' : 'branch';
  return {
    actor: event.actor,
    api_url: apiUrl,
    base_ref: event.baseRef ?? '',
    event: event.payload,
    event_name: event.name,
    graphql_url: apiUrl === 'https://api.github.com' ? 'https://api.github.com/graphql' : `${apiUrl}/graphql`,
    head_ref: event.headRef ?? '',
    ref: event.ref,
    ref_name: event.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    ref_protected: false,
    ref_type: kind,
    repository,
    repositoryUrl: `git://github.com/${repository}.git`,
    repository_owner: owner,
    repository_visibility: 'public',
    retention_days: '90',
    run_attempt: String(attempt),
    run_id: String(runId),
    run_number: String(runId),
    server_url: 'https://github.com',
    sha: event.sha,
    triggering_actor: event.actor,
    workflow: workflow.name,
    workflow_ref: `${repository}/${workflow.path}@${event.ref}`,
    workflow_sha: workflow.sha,
    ...more,
  };
}

/** The variables that a runner sets from the context; `event` is a file, and the token is given to nobody by itself. */
export function githubVariables(github: JsonObject, eventPath: string): Readonly<Record<string, string>> {
  const names = [
    'action',
    'action_path',
    'action_ref',
    'action_repository',
    'actor',
    'api_url',
    'base_ref',
    'event_name',
    'graphql_url',
    'head_ref',
    'job',
    'ref',
    'ref_name',
    'ref_protected',
    'ref_type',
    'repository',
    'repository_owner',
    'retention_days',
    'run_attempt',
    'run_id',
    'run_number',
    'server_url',
    'sha',
    'triggering_actor',
    'workflow',
    'workflow_ref',
    'workflow_sha',
    'workspace',
  ];
  const variables = names
    .filter((name) => github[name] !== undefined)
    .map((name) => [`GITHUB_${name.toUpperCase()}`, String(github[name])]);
  return { ...Object.fromEntries(variables), GITHUB_EVENT_PATH: eventPath };
}

/** Claims of a job's identity token, by GitHub's documentation of OpenID Connect. */
export function identityClaims(
  github: JsonObject,
  job: { readonly environment: string | undefined; readonly workflow: Source; readonly path: string },
): Readonly<Record<string, string | number>> {
  const text = (name: string): string => String(github[name] ?? '');
  const subject =
    job.environment !== undefined
      ? `environment:${job.environment}`
      : text('event_name') === 'pull_request'
        ? 'pull_request'
        : `ref:${text('ref')}`;
  const copied = [
    'actor',
    'base_ref',
    'event_name',
    'head_ref',
    'ref',
    'ref_type',
    'repository',
    'repository_owner',
    'run_attempt',
    'run_id',
    'run_number',
    'sha',
    'workflow',
    'workflow_ref',
    'workflow_sha',
  ];
  return {
    ...Object.fromEntries(copied.map((name) => [name, text(name)])),
    sub: `repo:${text('repository')}:${subject}`,
    job_workflow_ref: `${job.workflow.repository}/${job.path}@${job.workflow.ref}`,
    job_workflow_sha: job.workflow.sha,
    repository_id: '1',
    repository_owner_id: '2',
    repository_visibility: 'public',
    runner_environment: 'github-hosted',
    ...(job.environment === undefined ? {} : { environment: job.environment }),
  };
}

/** `needs` as a job sees it. */
export function needsContext(
  needs: readonly { readonly id: string; readonly result: string; readonly outputs: Readonly<Record<string, string>> }[],
): Json {
  return Object.fromEntries(needs.map(({ id, result, outputs }) => [id, { result, outputs }]));
}
