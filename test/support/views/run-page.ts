import { githubHtml } from '../pictures/page.ts';
import { criticalPath, levelOf } from './critical-path.ts';
import { duration, escaped, mark } from './html.ts';
import type { Conclusion, SeenAnnotation, SeenJob, SeenRun } from './seen-run.ts';

const said: Readonly<Record<Conclusion, string>> = {
  success: 'Success',
  failure: 'Failure',
  cancelled: 'Cancelled',
  skipped: 'Skipped',
};

/** The page of a run: who started it, the graph of its jobs with the critical path, annotations. */
export function runPage(run: SeenRun): string {
  const total = Math.max(0, ...run.jobs.map(({ endedAt }) => endedAt));
  const annotated = run.jobs.flatMap((job) => job.annotations.map((annotation) => annotationRow(annotation, job)));
  return `<main>
<h1>${mark(run.conclusion)} ${escaped(run.title)} <small>${escaped(run.workflow)}</small></h1>
<div class="box"><div class="row"><div>by <b>${escaped(run.event)}</b> on <span class="mono">${escaped(run.ref)}</span> at
<span class="mono">${run.sha.slice(0, 7)}</span></div><div class="end">${said[run.conclusion]} · ${duration(total)} · attempt ${run.attempt}</div></div></div>
${graph(run.jobs)}
${annotated.length === 0 ? '' : `<section class="box"><header>Annotations (${annotated.length})</header>${annotated.join('')}</section>`}
</main>`;
}

/** What stands below the annotations: the summaries of jobs, all or some of them. */
export async function summariesPage(jobs: readonly SeenJob[]): Promise<string> {
  const summaries = await Promise.all(jobs.filter(({ summaries }) => summaries.length > 0).map(summaryOf));
  return `<main>${summaries.join('\n')}</main>`;
}

/** From top to bottom, those beside each other that may run at the same time; what was skipped is named below. */
function graph(jobs: readonly SeenJob[]): string {
  const onPath = new Set(criticalPath(jobs).map(({ job }) => job.id));
  const rows: string[][] = [];
  for (const job of jobs.filter(({ conclusion }) => conclusion !== 'skipped')) {
    const level = levelOf(job, jobs);
    const time = duration(job.endedAt - job.startedAt);
    rows[level] ??= [];
    rows[level].push(
      `<div class="card${onPath.has(job.id) ? ' critical' : ''}">${mark(job.conclusion)}<span>${escaped(shortName(job, jobs))}</span><span class="grey">${time}</span></div>`,
    );
  }
  const skipped = jobs.filter(({ conclusion }) => conclusion === 'skipped').map((job) => escaped(shortName(job, jobs)));
  return `<style>
.graph { padding: 16px; background: #f6f8fa; } .graph > div { display: flex; flex-wrap: wrap; justify-content: center; gap: 8px; }
.graph > div + div::before { content: ""; flex: 0 0 100%; height: 12px; background: linear-gradient(#d1d9e0, #d1d9e0) center / 2px 100% no-repeat; margin-bottom: -8px; }
.card { display: flex; gap: 8px; background: #fff; border: 1px solid #d1d9e0; border-radius: 6px; padding: 5px 9px; font-size: 12px; overflow-wrap: anywhere; }
.card > .grey { white-space: nowrap; } .critical { border: 2px solid #bc4c00; padding: 4px 8px; }
</style>
<section class="box"><div class="graph">${rows
    .filter((cards) => cards !== undefined)
    .map((cards) => `<div>${cards.join('')}</div>`)
    .join('')}</div>
<div class="row small">${pathLine(jobs)}</div>
${skipped.length === 0 ? '' : `<div class="row small"><div><b>Skipped</b> <span class="grey">${skipped.join(', ')}</span></div></div>`}</section>`;
}

/** Without the name of the one call that all jobs are a part of. */
function shortName({ name }: SeenJob, jobs: readonly SeenJob[]): string {
  const [call = ''] = name.split(' / ');
  return jobs.every((job) => job.name.startsWith(`${call} / `)) ? name.slice(call.length + 3) : name;
}

/** In words, what the orange frames of the graph show. */
function pathLine(jobs: readonly SeenJob[]): string {
  const links = criticalPath(jobs).map(({ job, took }) => `${escaped(shortName(job, jobs))} ${duration(took)}`);
  return `<div><b>Critical path</b> <span class="grey">${links.join(' → ')}</span></div>`;
}

export function annotationRow({ level, title, message, file, line }: SeenAnnotation, job: SeenJob): string {
  const place = file === undefined ? '' : `<span class="mono">${escaped(file)}${line === undefined ? '' : `#L${line}`}</span>`;
  return `<div class="row">${mark(level)}<div><div><b>${escaped(title)}</b> ${place}</div><div class="message">${escaped(message)}</div>
<div class="grey small">${escaped(job.name)}</div></div></div>`;
}

async function summaryOf({ name, summaries }: SeenJob): Promise<string> {
  const body = await githubHtml(summaries.join('\n'));
  return `<section class="box"><header>${escaped(name)} summary</header><article class="markdown-body" style="padding:16px">${body}</article></section>`;
}
