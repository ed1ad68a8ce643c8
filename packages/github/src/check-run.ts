import { createHash } from 'node:crypto';
import type { Host } from '@release-kit/action';
import { annotationsPerRequest, fitCheckReport } from './check-run-limits.ts';
import { type RemoteCheckRun, readCheckRun } from './github-answers.ts';
import { type GitHubCalls, type GitHubTarget, githubCalls } from './github-calls.ts';
import { isUncertain } from './github-errors.ts';

export interface CheckAnnotation {
  /** Relative to the root of the repository, with `/`. */
  readonly path: string;
  /** From 1. */
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'notice' | 'warning' | 'failure';
  readonly title: string;
  /** Plain text; GitHub keeps line ends. */
  readonly message: string;
  /** Plain text that a reader unfolds. */
  readonly details?: string;
}

/** A check beside the ones that GitHub makes of jobs. All texts are inert already. */
export interface CheckReport {
  /** As it stands in the list of checks; a later check of the same name takes its place. */
  readonly name: string;
  /** The commit of the branch, not the merge that GitHub makes for trial. */
  readonly headSha: string;
  readonly conclusion: 'success' | 'failure';
  readonly title: string;
  /** GitHub Markdown. */
  readonly summary: string;
  /** GitHub Markdown; '' for none. */
  readonly text: string;
  readonly annotations: readonly CheckAnnotation[];
}

export interface ReportedCheck {
  readonly url: string;
  /** How many requests wrote something; 0 when the same check was there already. */
  readonly written: number;
}

/** Milliseconds before each further try. */
const pauses: readonly number[] = [1000, 4000];

/**
 * Brings a check with all its annotations to GitHub, fifty a request. A check is known by a digest of what it says, and
 * GitHub counts the annotations that arrived: after a fault, or when the job runs again, only what is missing is sent.
 * Until the last request the check is in progress, so that half of it never passes. E_TOKEN, E_GITHUB.
 */
export async function reportCheck(host: Host, target: GitHubTarget, given: CheckReport): Promise<ReportedCheck> {
  const calls = await githubCalls(host, target, 'checks: write');
  const report = fitCheckReport(given);
  for (const pause of pauses) {
    try {
      return await bring(calls, report);
    } catch (error) {
      if (!isUncertain(error)) throw error;
      host.log.debug(`GitHub did not take the check; another try in ${pause} ms`);
      await host.clock.sleep(pause);
    }
  }
  return bring(calls, report);
}

/** Reads what is there before it writes, so that repeating it does no harm. */
async function bring(calls: GitHubCalls, report: CheckReport): Promise<ReportedCheck> {
  const externalId = identityOf(report);
  const total = report.annotations.length;
  let check = await find(calls, report, externalId);
  let written = 0;
  while (check === undefined || check.status !== 'completed' || check.annotations < total) {
    const sent = check?.annotations ?? 0;
    const part = report.annotations.slice(sent, sent + annotationsPerRequest);
    const fields = fieldsOf(report, part, sent + part.length >= total);
    const id = check?.id;
    check = id === undefined ? await create(calls, report, externalId, fields) : await update(calls, id, fields);
    // What arrived is known better here than by a count that GitHub may bring up to date later.
    check = { ...check, annotations: sent + part.length };
    written += 1;
  }
  return { url: check.url, written };
}

async function find(calls: GitHubCalls, { name, headSha }: CheckReport, externalId: string): Promise<RemoteCheckRun | undefined> {
  const found = await calls.pages('looking for an earlier check', 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs', {
    ...calls.at,
    ref: headSha,
    check_name: name,
  });
  return found
    .map(readCheckRun)
    .filter((check) => check.externalId === externalId)
    .sort((a, b) => b.id - a.id)[0];
}

async function create(calls: GitHubCalls, { name, headSha }: CheckReport, externalId: string, fields: object): Promise<RemoteCheckRun> {
  const route = 'POST /repos/{owner}/{repo}/check-runs';
  return readCheckRun(
    await calls.call('making a check', route, { ...calls.at, name, head_sha: headSha, external_id: externalId, ...fields }),
  );
}

async function update(calls: GitHubCalls, id: number, fields: object): Promise<RemoteCheckRun> {
  const route = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}';
  return readCheckRun(await calls.call('adding to a check', route, { ...calls.at, check_run_id: id, ...fields }));
}

function fieldsOf({ title, summary, text, conclusion }: CheckReport, part: readonly CheckAnnotation[], last: boolean): object {
  return {
    ...(last ? { status: 'completed', conclusion } : { status: 'in_progress' }),
    output: { title, summary, ...(text === '' ? {} : { text }), annotations: part.map(annotationBody) },
  };
}

function annotationBody({ path, startLine, endLine, level, title, message, details }: CheckAnnotation): object {
  return {
    path,
    start_line: startLine,
    end_line: endLine,
    annotation_level: level,
    title,
    message,
    ...(details === undefined ? {} : { raw_details: details }),
  };
}

function identityOf(report: CheckReport): string {
  return `release-kit:${createHash('sha256').update(JSON.stringify(report)).digest('hex')}`;
}
