import { createHash } from 'node:crypto';
import { type Answer, notFound } from './answer.ts';
import type { Match } from './description.ts';

export interface FakeCommit {
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
}

/** What the stand-in keeps of a repository's objects; names of references without `refs/`. */
export interface FakeGitData {
  readonly references: Map<string, string>;
  readonly commits: Map<string, FakeCommit>;
  /** Trees as one list: path to content; `100644:` or `100755:` stands before it. */
  readonly trees: Map<string, ReadonlyMap<string, string>>;
  readonly blobs: Map<string, string>;
  /** Makes a commit with these files and lets a reference name it, as when somebody pushes. */
  push(reference: string, files: Readonly<Record<string, string>>, message?: string): string;
}

const nameOf = (content: unknown): string => createHash('sha1').update(JSON.stringify(content)).digest('hex');

export function fakeGitData(): FakeGitData {
  const data: FakeGitData = {
    references: new Map(),
    commits: new Map(),
    trees: new Map(),
    blobs: new Map(),
    push(reference, files, message = 'feat: one') {
      const parent = data.references.get(reference);
      const tree = keepTree(data, new Map(Object.entries(files).map(([path, text]) => [path, `100644:${text}`])));
      const sha = keepCommit(data, { tree, parents: parent === undefined ? [] : [parent], message });
      data.references.set(reference, sha);
      return sha;
    },
  };
  return data;
}

/** Content names objects, as in git: the same tree has the same name. */
function keepTree(data: FakeGitData, entries: ReadonlyMap<string, string>): string {
  const sha = nameOf([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
  data.trees.set(sha, entries);
  return sha;
}

function keepCommit(data: FakeGitData, commit: FakeCommit): string {
  const sha = nameOf(commit);
  data.commits.set(sha, commit);
  return sha;
}

/** The routes `git/*`. Half of what GitHub refuses is refused: objects that are not there, a reference twice, moves that are not forced. */
export function answerGitData(data: FakeGitData, { id, path }: Match, base: string, body: unknown): Answer {
  const fields = recordOf(body);
  switch (id) {
    case 'git/get-commit': {
      const sha = path['commit_sha'] ?? '';
      const commit = data.commits.get(sha);
      return commit === undefined ? notFound : { status: 200, body: commitBody(sha, commit, base) };
    }
    case 'git/create-blob': {
      const content = Buffer.from(textOf(fields['content']), fields['encoding'] === 'base64' ? 'base64' : 'utf8').toString('latin1');
      const sha = nameOf(content);
      data.blobs.set(sha, content);
      return { status: 201, body: { url: `${base}/blobs/${sha}`, sha } };
    }
    case 'git/create-tree':
      return createTree(data, fields, base);
    case 'git/create-commit': {
      const parents = Array.isArray(fields['parents']) ? fields['parents'].map(textOf) : [];
      const tree = textOf(fields['tree']);
      if (!data.trees.has(tree) || parents.some((parent) => !data.commits.has(parent))) return invalidObject;
      const commit = { tree, parents, message: textOf(fields['message']) };
      return { status: 201, body: commitBody(keepCommit(data, commit), commit, base) };
    }
    case 'git/create-ref': {
      const name = textOf(fields['ref']).replace(/^refs\//, '');
      if (data.references.has(name)) return { status: 422, body: { message: 'Reference already exists', documentation_url: base } };
      return moveTo(data, name, textOf(fields['sha']), base, 201);
    }
    case 'git/update-ref': {
      const name = path['ref'] ?? '';
      if (!data.references.has(name)) return { status: 422, body: { message: 'Reference does not exist', documentation_url: base } };
      if (fields['force'] !== true) return { status: 422, body: { message: 'Update is not a fast forward', documentation_url: base } };
      return moveTo(data, name, textOf(fields['sha']), base, 200);
    }
    default:
      return notFound;
  }
}

const invalidObject: Answer = {
  status: 422,
  body: { message: 'Object does not exist', documentation_url: 'https://docs.github.com/rest' },
};

function createTree(data: FakeGitData, fields: Readonly<Record<string, unknown>>, base: string): Answer {
  const entries = new Map(data.trees.get(textOf(fields['base_tree'])));
  for (const one of Array.isArray(fields['tree']) ? fields['tree'] : []) {
    const { path, mode, sha } = recordOf(one);
    const content = data.blobs.get(textOf(sha));
    if (content === undefined) return invalidObject;
    entries.set(textOf(path), `${textOf(mode)}:${content}`);
  }
  const sha = keepTree(data, entries);
  const tree = [...entries.keys()].map((path) => ({ path, mode: '100644', type: 'blob', sha }));
  return { status: 201, body: { sha, url: `${base}/trees/${sha}`, tree, truncated: false } };
}

function moveTo(data: FakeGitData, name: string, sha: string, base: string, status: number): Answer {
  if (!data.commits.has(sha)) return invalidObject;
  data.references.set(name, sha);
  return { status, body: referenceBody(name, sha, base) };
}

function referenceBody(name: string, sha: string, base: string): object {
  const url = `${base}/git/${name}`;
  return { ref: `refs/${name}`, node_id: 'REF', url, object: { type: 'commit', sha, url } };
}

function commitBody(sha: string, { tree, parents, message }: FakeCommit, base: string): object {
  const url = `${base}/commits/`;
  const person = { date: '2026-01-01T00:00:00Z', name: 'octocat', email: 'octocat@example.org' };
  return {
    sha,
    node_id: 'C',
    url: url + sha,
    html_url: url + sha,
    author: person,
    committer: person,
    message,
    tree: { sha: tree, url: url + tree },
    parents: parents.map((parent) => ({ sha: parent, url: url + parent, html_url: url + parent })),
    verification: { verified: true, reason: 'valid', signature: null, payload: null, verified_at: null },
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
