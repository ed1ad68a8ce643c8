import { duration, escaped, mark } from './html.ts';
import type { Conclusion, SeenJob, SeenRun } from './seen-run.ts';

const ended: Readonly<Record<Conclusion, string>> = {
  success: 'Successful in',
  failure: 'Failing after',
  cancelled: 'Cancelled after',
  skipped: 'Skipped',
};

/** The box at the end of a pull request: all checks, worst first, with the sentence of the one that is required. */
export function checksPage(run: SeenRun, title: string, sentence: string): string {
  const order: readonly Conclusion[] = ['failure', 'cancelled', 'skipped', 'success'];
  const jobs = [...run.jobs].sort((a, b) => order.indexOf(a.conclusion) - order.indexOf(b.conclusion));
  const bad = jobs.some(({ conclusion }) => conclusion === 'failure' || conclusion === 'cancelled');
  return `<main>
<h1>${escaped(title)}</h1>
<section class="box"><div class="row">${mark(bad ? 'failure' : 'success')}<div><b>${bad ? 'Some checks were not successful' : 'All checks have passed'}</b>
<div class="grey">${counted(jobs)}</div></div></div>
${jobs.map((job) => row(job, run, sentence)).join('')}
<div class="row">${mark(bad ? 'failure' : 'success')}<b>${bad ? 'Merging is blocked' : 'This branch can be merged'}</b></div></section>
</main>`;
}

function row(job: SeenJob, run: SeenRun, sentence: string): string {
  const gate = isGate(job) ? `<div class="message">${escaped(sentence)}</div>` : '';
  const time = job.conclusion === 'skipped' ? '' : ` ${duration(job.endedAt - job.startedAt)}`;
  return `<div class="row">${mark(job.conclusion)}<div><b>${escaped(`${run.workflow} / ${job.name}`)}</b> <span class="grey">(${escaped(run.event)})
${ended[job.conclusion]}${time}</span>${gate}</div>${isGate(job) ? '<div class="end"><span class="label">Required</span></div>' : ''}</div>`;
}

/** That of the workflow that was called. */
const isGate = ({ id }: SeenJob): boolean => id === 'gate' || id.endsWith('/gate');

function counted(jobs: readonly SeenJob[]): string {
  const words: Readonly<Record<Conclusion, string>> = {
    failure: 'failing',
    cancelled: 'cancelled',
    skipped: 'skipped',
    success: 'successful',
  };
  const counts = Object.entries(Object.groupBy(jobs, ({ conclusion }) => conclusion));
  return counts.map(([conclusion, list]) => `${list?.length} ${words[readConclusion(conclusion)]}`).join(', ');
}

const readConclusion = (text: string): Conclusion => (text === 'failure' || text === 'cancelled' || text === 'skipped' ? text : 'success');
