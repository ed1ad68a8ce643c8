import { homedir } from 'node:os';
import { join } from 'node:path';
import { type FakeGitHub, type OidcIssuer, startFakeGitHub, startOidcIssuer } from '@release-kit/github-stand-in';
import { type ResultsService, startResultsService } from '../results/index.ts';
import type { SharedTree } from '../shared-tree.ts';
import { type FakeSigstore, startSigstore } from '../sigstore/index.ts';
import type { WorkflowEvent } from '../workflows/event.ts';
import type { WorkflowRun } from '../workflows/outcome.ts';
import { Repositories } from '../workflows/repositories.ts';
import type { WorkflowRequest } from '../workflows/request.ts';
import { runWorkflow } from '../workflows/run.ts';
import type { Caller } from './caller.ts';
import { mirror } from './mirror.ts';

const cache = process.env['RELEASE_KIT_CACHE'] ?? join(homedir(), '.cache', 'release-kit');

/** Everything on the other side of a user's repository: GitHub, its services for runs, Sigstore, and the published release-kit. */
export interface World extends AsyncDisposable {
  readonly github: FakeGitHub;
  readonly results: ResultsService;
  readonly sigstore: FakeSigstore;
  readonly oidc: OidcIssuer;
  /** Runs a workflow of the repository, as GitHub would for this event. */
  run(workflow: string, event: WorkflowEvent, more?: Partial<WorkflowRequest>): Promise<WorkflowRun>;
}

export async function startWorld(caller: Caller, tree: SharedTree): Promise<World> {
  await using stack = new AsyncDisposableStack();
  const github = stack.use(await startFakeGitHub({ repository: caller.name }));
  const results = stack.use(await startResultsService());
  const sigstore = stack.use(await startSigstore());
  const oidc = stack.use(await startOidcIssuer());
  const repositories = stack.use(new Repositories({ [caller.name]: caller.bare, [tree.repository]: tree.remote }));
  github.anonymous = true;
  const request = (workflow: string, event: WorkflowEvent, more: Partial<WorkflowRequest> = {}): WorkflowRequest => ({
    repository: caller.name,
    repositories,
    workflow: `.github/workflows/${workflow}`,
    event,
    services: { results, github, oidc },
    env: { RELEASE_KIT_CACHE: cache, ...sigstore.env() },
    ...more,
  });
  const owned = stack.move();
  return {
    ...{ github, results, sigstore, oidc },
    async run(workflow, event, more) {
      await mirror(github, caller.bare);
      return runWorkflow(request(workflow, event, more));
    },
    async [Symbol.asyncDispose]() {
      await owned[Symbol.asyncDispose]();
      if (github.violations.length > 0) throw new Error(`GitHub does not know: ${github.violations.join('\n')}`);
    },
  };
}
