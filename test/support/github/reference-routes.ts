import { createHash } from 'node:crypto';
import { type Answer, fieldsOf, invalid, notFound, refusal, textOf } from './answer.ts';
import { userBody } from './repository-body.ts';
import { type RepositoryState, taggedCommit } from './repository-state.ts';
import type { RouteRequest, Routes } from './route.ts';

/** References one by one, annotated tags, and commits as people see them; lists and branches are in git-data.ts. */
export const referenceRoutes: Routes = {
  'git/get-ref': ({ state, path, places }) => {
    const name = path['ref'] ?? '';
    const sha = state.git.references.get(name);
    return sha === undefined ? notFound : { status: 200, body: referenceBody(state, name, sha, places.api) };
  },
  'git/list-matching-refs': ({ state, path, places }) => {
    const found = [...state.git.references].filter(([name]) => name.startsWith(path['ref'] ?? ''));
    return { status: 200, body: found.sort().map(([name, sha]) => referenceBody(state, name, sha, places.api)) };
  },
  'git/delete-ref': ({ state, path }) => {
    const name = path['ref'] ?? '';
    if (isFrozen(state, name)) return refusal(422, 'Cannot delete the tag of an immutable release.');
    return state.git.references.delete(name) ? { status: 204 } : refusal(422, 'Reference does not exist');
  },
  'git/get-tag': ({ state, path, places }) => {
    const sha = path['tag_sha'] ?? '';
    return state.tagObjects.has(sha) ? { status: 200, body: tagBody(state, sha, places.api) } : notFound;
  },
  'git/create-tag': ({ state, body, places }) => {
    const { tag, message, object } = fieldsOf(body);
    const sha = annotate(state, textOf(tag) ?? '', textOf(object) ?? '', textOf(message) ?? '');
    return { status: 201, body: tagBody(state, sha, places.api) };
  },
  'repos/get-commit': (request) => {
    const sha = commitNamed(request.state, request.path['ref'] ?? '');
    if (sha === undefined) return invalid('Commit', 'sha', 'custom', `No commit found for SHA: ${request.path['ref']}`);
    return { status: 200, body: commitBody(request, sha) };
  },
};

const isFrozen = ({ releases }: RepositoryState, name: string): boolean =>
  releases.some(({ immutable, tag }) => immutable && name === `tags/${tag}`);

/** A tag is not moved while an immutable release has it, and its name is not given anew when that release is gone. */
export function refusedTag(operation: string, { state, path, body }: RouteRequest): Answer | undefined {
  if (operation === 'git/update-ref' && isFrozen(state, path['ref'] ?? ''))
    return refusal(422, 'Cannot move the tag of an immutable release.');
  const made = textOf(fieldsOf(body)['ref'])?.replace(/^refs\/tags\//, '');
  if (operation === 'git/create-ref' && made !== undefined && state.burned.has(made))
    return refusal(422, 'Cannot create a tag whose name was used by an immutable release.');
  return undefined;
}

/** Makes the object of an annotated tag, without its reference. */
export function annotate({ tagObjects }: RepositoryState, tag: string, object: string, message = tag): string {
  const sha = createHash('sha1').update(JSON.stringify({ tag, message, object })).digest('hex');
  tagObjects.set(sha, { tag, message, object });
  return sha;
}

/** A branch, a tag, or a full SHA that is there. */
function commitNamed(state: RepositoryState, name: string): string | undefined {
  const short = name.replace(/^(refs\/)?(heads|tags)\//, '');
  return state.git.references.get(`heads/${short}`) ?? taggedCommit(state, short) ?? (state.git.commits.has(name) ? name : undefined);
}

const unsigned = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };
const person = { name: 'octocat', email: 'octocat@example.org', date: '2026-01-01T00:00:00Z' };

function referenceBody({ tagObjects, repository }: RepositoryState, name: string, sha: string, api: string): object {
  const type = tagObjects.has(sha) ? 'tag' : 'commit';
  const url = `${api}/repos/${repository}/git`;
  return { ref: `refs/${name}`, node_id: 'REF', url: `${url}/refs/${name}`, object: { type, sha, url: `${url}/${type}s/${sha}` } };
}

function tagBody({ tagObjects, repository }: RepositoryState, sha: string, api: string): object {
  const { tag = '', message = '', object = '' } = tagObjects.get(sha) ?? {};
  const url = `${api}/repos/${repository}/git`;
  const to = { type: 'commit', sha: object, url: `${url}/commits/${object}` };
  return { node_id: 'TAG', tag, sha, url: `${url}/tags/${sha}`, message, tagger: person, object: to, verification: unsigned };
}

function commitBody({ state, places }: RouteRequest, sha: string): object {
  const { tree = '', parents = [], message = '' } = state.git.commits.get(sha) ?? {};
  const url = `${places.api}/repos/${state.repository}/commits/${sha}`;
  return {
    ...{ url, sha, node_id: 'C', html_url: `${places.base}/${state.repository}/commit/${sha}`, comments_url: `${url}/comments` },
    commit: { url, author: person, committer: person, message, comment_count: 0, tree: { sha: tree, url }, verification: unsigned },
    author: userBody(places.base),
    committer: userBody(places.base),
    parents: parents.map((parent) => ({ sha: parent, url, html_url: url })),
  };
}
