import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from './git.ts';
import { isObject, type JsonObject } from './json.ts';

/** What starts a run, as GitHub knows it. */
export interface WorkflowEvent {
  readonly name: string;
  /** The body that webhooks send. */
  readonly payload: JsonObject;
  /** Full, such as `refs/heads/main` or `refs/pull/7/merge`. */
  readonly ref: string;
  readonly sha: string;
  readonly actor: string;
  /** Of a pull request: the branch it comes from, and the one it goes to. */
  readonly headRef?: string;
  readonly baseRef?: string;
  /** Of a workflow_dispatch. */
  readonly inputs?: JsonObject;
}

/** A pull request from another repository: no secrets, and reading only. `pull_request_target` has both, which is its danger. */
export function isFromFork({ name, payload }: WorkflowEvent): boolean {
  const pull = payload['pull_request'];
  const repositoryOf = (end: string): unknown => {
    const side = isObject(pull) ? pull[end] : undefined;
    const repository = isObject(side) ? side['repo'] : undefined;
    return isObject(repository) ? repository['full_name'] : undefined;
  };
  return name !== 'pull_request_target' && isObject(pull) && repositoryOf('head') !== repositoryOf('base');
}

export interface Place {
  /** `owner/name` */
  readonly repository: string;
  /** Folder of the bare repository. */
  readonly bare: string;
  readonly actor?: string;
}

/** A push of a branch or a tag that is in the repository. */
export async function pushEvent({ repository, bare, actor = 'maintainer' }: Place, ref: string): Promise<WorkflowEvent> {
  const sha = await commitOf(bare, ref);
  const message = (await git(['--git-dir', bare, 'log', '-1', '--format=%B', sha])).trim();
  const payload = {
    ref,
    after: sha,
    before: '0'.repeat(40),
    created: ref.startsWith('refs/tags/'),
    deleted: false,
    forced: false,
    head_commit: { id: sha, message },
    repository: repositoryBody(repository),
    sender: { login: actor },
  };
  return { name: 'push', payload, ref, sha, actor };
}

/** A run started by hand on a branch or a tag. */
export async function dispatchEvent(
  { repository, bare, actor = 'maintainer' }: Place,
  ref: string,
  inputs: JsonObject = {},
): Promise<WorkflowEvent> {
  const texts = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, String(value)]));
  const payload = { inputs: texts, ref, repository: repositoryBody(repository), sender: { login: actor } };
  return { name: 'workflow_dispatch', payload, ref, sha: await commitOf(bare, ref), actor, inputs };
}

export interface PullRequest {
  readonly number: number;
  readonly title: string;
  readonly body?: string;
  /** Branch of `from`, or of the repository itself. */
  readonly head: string;
  readonly base: string;
  /** The fork that it comes from. */
  readonly from?: Place;
  readonly action?: string;
}

/** Makes refs/pull/N/head and refs/pull/N/merge in the repository as GitHub does. Throws where the branches conflict. */
export async function pullRequestEvent(place: Place, pull: PullRequest): Promise<WorkflowEvent> {
  const { bare, repository } = place;
  const from = pull.from ?? place;
  const [head, merge] = [`refs/pull/${pull.number}/head`, `refs/pull/${pull.number}/merge`];
  await git(['--git-dir', bare, 'fetch', '--quiet', '--no-tags', from.bare, `+refs/heads/${pull.head}:${head}`]);
  const [baseSha, headSha] = [await commitOf(bare, `refs/heads/${pull.base}`), await commitOf(bare, head)];
  const sha = await merged(bare, baseSha, headSha);
  await git(['--git-dir', bare, 'update-ref', merge, sha]);
  const actor = from.actor ?? 'contributor';
  const payload = {
    action: pull.action ?? 'opened',
    number: pull.number,
    pull_request: {
      number: pull.number,
      title: pull.title,
      body: pull.body ?? null,
      draft: false,
      state: 'open',
      merge_commit_sha: sha,
      user: { login: actor },
      head: { ref: pull.head, sha: headSha, label: `${from.repository.split('/')[0]}:${pull.head}`, repo: repositoryBody(from.repository) },
      base: { ref: pull.base, sha: baseSha, label: `${repository.split('/')[0]}:${pull.base}`, repo: repositoryBody(repository) },
      labels: [],
    },
    repository: repositoryBody(repository),
    sender: { login: actor },
  };
  return { name: 'pull_request', payload, ref: merge, sha, actor, headRef: pull.head, baseRef: pull.base };
}

/** A merge commit that depends on nothing but the two; it is in the repository afterwards. */
async function merged(bare: string, base: string, head: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'release-kit-merge-'));
  try {
    const date = (await git(['--git-dir', bare, 'log', '-1', '--format=%cI', head])).trim();
    const by = { NAME: 'GitHub', EMAIL: 'noreply@example.org', DATE: date };
    const env = Object.fromEntries(
      ['AUTHOR', 'COMMITTER'].flatMap((who) => Object.entries(by).map(([what, value]) => [`GIT_${who}_${what}`, value])),
    );
    await git(['clone', '--quiet', '--shared', '--no-checkout', bare, folder]);
    await git(['-C', folder, 'checkout', '--quiet', '--detach', base]);
    await git(['-C', folder, 'merge', '--quiet', '--no-ff', '-m', `Merge ${head} into ${base}`, head], { env });
    const sha = (await git(['-C', folder, 'rev-parse', 'HEAD'])).trim();
    await git(['--git-dir', bare, 'fetch', '--quiet', folder, 'HEAD']);
    return sha;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function commitOf(bare: string, ref: string): Promise<string> {
  return (await git(['--git-dir', bare, 'rev-parse', '--verify', `${ref}^{commit}`])).trim();
}

function repositoryBody(repository: string): JsonObject {
  const [owner = '', name = ''] = repository.split('/');
  return { name, full_name: repository, owner: { login: owner }, private: false, default_branch: 'main', fork: false };
}
