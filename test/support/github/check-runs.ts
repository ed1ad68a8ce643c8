import { type Answer, fieldsOf, notFound, textOf } from './answer.ts';
import type { RouteRequest, Routes } from './route.ts';

/** What the stand-in keeps of a check run. */
export interface FakeCheckRun {
  readonly id: number;
  readonly name: string;
  readonly headSha: string;
  readonly externalId: string | null;
  status: string;
  conclusion: string | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  /** As they were sent, in the order of arrival. */
  readonly annotations: unknown[];
}

/** The checks of one repository: annotations of later requests are added to those that are there; the latest of a name is listed. */
export const checkRoutes: Routes = {
  'checks/list-for-ref': ({ state: { checks }, path, url, places }) => {
    const name = url.searchParams.get('check_name');
    const wanted = checks.filter((check) => check.headSha === path['ref'] && (name === null || check.name === name));
    const latest = wanted.filter((check) => !wanted.some((other) => other.name === check.name && other.id > check.id));
    return { status: 200, body: { total_count: latest.length, check_runs: latest.map((check) => bodyOf(check, places.base)) } };
  },
  'checks/create': ({ state, body, places }) => {
    const fields = fieldsOf(body);
    const check: FakeCheckRun = {
      id: state.newId(),
      name: textOf(fields['name']) ?? '',
      headSha: textOf(fields['head_sha']) ?? '',
      externalId: textOf(fields['external_id']) ?? null,
      status: 'queued',
      conclusion: null,
      title: null,
      summary: null,
      text: null,
      annotations: [],
    };
    state.checks.push(check);
    change(check, fields);
    return { status: 201, body: bodyOf(check, places.base) };
  },
  'checks/update': updateCheck,
};

function updateCheck({ state, path, body, places }: RouteRequest): Answer {
  const check = state.checks.find((one) => one.id === Number(path['check_run_id']));
  if (check === undefined) return notFound;
  change(check, fieldsOf(body));
  return { status: 200, body: bodyOf(check, places.base) };
}

function change(check: FakeCheckRun, fields: Readonly<Record<string, unknown>>): void {
  const output = fieldsOf(fields['output']);
  check.status = textOf(fields['status']) ?? check.status;
  check.conclusion = textOf(fields['conclusion']) ?? check.conclusion;
  check.title = textOf(output['title']) ?? check.title;
  check.summary = textOf(output['summary']) ?? check.summary;
  check.text = textOf(output['text']) ?? check.text;
  if (Array.isArray(output['annotations'])) check.annotations.push(...output['annotations']);
}

function bodyOf(check: FakeCheckRun, base: string): object {
  const url = `${base}/check-runs/${check.id}`;
  const { title, summary, text, annotations } = check;
  return {
    id: check.id,
    node_id: `C${check.id}`,
    name: check.name,
    head_sha: check.headSha,
    external_id: check.externalId,
    url,
    html_url: `${base}/runs/${check.id}`,
    details_url: null,
    status: check.status,
    conclusion: check.conclusion,
    started_at: '2026-01-01T00:00:00Z',
    completed_at: check.status === 'completed' ? '2026-01-01T00:00:01Z' : null,
    output: { title, summary, text, annotations_count: annotations.length, annotations_url: `${url}/annotations` },
    check_suite: { id: 1 },
    app: null,
    pull_requests: [],
  };
}
