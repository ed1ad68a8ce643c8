import { type Answer, notFound, page } from './answer.ts';
import type { Match } from './description.ts';
import type { FakeGitData } from './git-data.ts';
import { repositoryBody, userBody } from './repository-body.ts';

export interface FakePull {
  readonly number: number;
  title: string;
  body: string | null;
  /** `owner:branch` */
  readonly head: string;
  readonly base: string;
  state: 'open' | 'closed';
  mergedAt: string | null;
  mergeCommit: string | null;
}

/** The pull requests of one repository. Two open ones of one branch are refused, as by GitHub. */
export interface FakePulls {
  readonly list: FakePull[];
  /** As somebody opens it on the page. */
  add(given: Partial<FakePull>): FakePull;
  /** As somebody presses the button: the base gets the files of the branch. */
  merge(number: number): string;
}

export function fakePulls(owner: string, git: FakeGitData): FakePulls {
  const list: FakePull[] = [];
  return {
    list,
    add(given) {
      const number = list.length + 1;
      const pull: FakePull = {
        number,
        title: `change ${number}`,
        body: null,
        head: `${owner}:change-${number}`,
        base: 'main',
        state: 'open',
        mergedAt: null,
        mergeCommit: null,
        ...given,
      };
      list.push(pull);
      return pull;
    },
    merge(number) {
      const pull = list[number - 1];
      const head = git.commits.get(git.references.get(`heads/${pull?.head.split(':')[1]}`) ?? '');
      if (pull === undefined || head === undefined) throw new Error(`#${number} cannot be merged`);
      const files = [...(git.trees.get(head.tree) ?? [])].map(([path, text]) => [path, text.slice('100644:'.length)]);
      const sha = git.push(`heads/${pull.base}`, Object.fromEntries(files), `${pull.title} (#${number})`);
      Object.assign(pull, { state: 'closed', mergedAt: `2026-01-01T00:00:0${number % 10}Z`, mergeCommit: sha });
      return sha;
    },
  };
}

/** The routes `pulls/*`. */
export function answerPulls(
  pulls: FakePulls,
  { id, path }: Match,
  url: URL,
  body: unknown,
  at: { base: string; repository: string },
): Answer {
  const fields: Readonly<Record<string, unknown>> = typeof body === 'object' && body !== null ? { ...body } : {};
  const shown = (pull: FakePull, whole: boolean): object => pullBody(pull, at, whole);
  switch (id) {
    case 'pulls/list':
      return page(
        listed(pulls.list, url.searchParams).map((pull) => shown(pull, false)),
        url,
      );
    case 'pulls/create': {
      const [owner = ''] = at.repository.split('/');
      const head = `${owner}:${textOf(fields['head'])}`;
      if (pulls.list.some((pull) => pull.head === head && pull.state === 'open')) return taken(head);
      const pull = pulls.add({ title: textOf(fields['title']), body: textOf(fields['body']), head, base: textOf(fields['base']) });
      return { status: 201, body: shown(pull, true) };
    }
    default: {
      const pull = pulls.list.find(({ number }) => number === Number(path['pull_number']));
      if (pull === undefined) return notFound;
      if (id === 'pulls/update') change(pull, fields);
      return { status: 200, body: shown(pull, true) };
    }
  }
}

function listed(pulls: readonly FakePull[], query: URLSearchParams): readonly FakePull[] {
  const [state, head, base] = [query.get('state') ?? 'open', query.get('head'), query.get('base')];
  const found = pulls.filter(
    (pull) => (state === 'all' || pull.state === state) && (head === null || pull.head === head) && (base === null || pull.base === base),
  );
  return query.get('direction') === 'asc' ? found : found.toReversed();
}

function change(pull: FakePull, { title, body, state }: Readonly<Record<string, unknown>>): void {
  if (typeof title === 'string') pull.title = title;
  if (typeof body === 'string') pull.body = body;
  if (state === 'open' || state === 'closed') pull.state = state;
}

function taken(head: string): Answer {
  const errors = [{ resource: 'PullRequest', code: 'custom', message: `A pull request already exists for ${head}.` }];
  return { status: 422, body: { message: 'Validation Failed', documentation_url: 'https://docs.github.com/rest', errors } };
}

const day = '2026-01-01T00:00:00Z';
const links = ['comments', 'commits', 'statuses', 'html', 'issue', 'review_comments', 'review_comment', 'self'];
const addresses = [
  'url',
  'diff_url',
  'patch_url',
  'issue_url',
  'commits_url',
  'review_comments_url',
  'review_comment_url',
  'comments_url',
  'statuses_url',
];

function pullBody(pull: FakePull, { base, repository }: { base: string; repository: string }, whole: boolean): object {
  const side = (label: string): object => ({
    label,
    ref: label.replace(/^.*:/, ''),
    sha: 'f'.repeat(40),
    user: null,
    repo: repositoryBody(repository, base),
  });
  const user = userBody(base);
  return {
    ...Object.fromEntries(addresses.map((name) => [name, base])),
    html_url: `${base}/${repository}/pull/${pull.number}`,
    id: pull.number,
    node_id: `PR${pull.number}`,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: pull.title,
    body: pull.body,
    user,
    labels: [],
    milestone: null,
    assignee: null,
    auto_merge: null,
    author_association: 'OWNER',
    created_at: day,
    updated_at: day,
    closed_at: pull.state === 'closed' ? day : null,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommit,
    head: { ...side(pull.head), user },
    base: { ...side(pull.base), user },
    _links: Object.fromEntries(links.map((name) => [name, { href: base }])),
    ...(whole ? counted(pull) : {}),
  };
}

function counted(pull: FakePull): object {
  const numbers = ['additions', 'changed_files', 'comments', 'commits', 'deletions', 'review_comments'];
  return {
    ...Object.fromEntries(numbers.map((name) => [name, 0])),
    mergeable: null,
    mergeable_state: 'unknown',
    merged: pull.mergedAt !== null,
    merged_by: null,
    maintainer_can_modify: false,
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
