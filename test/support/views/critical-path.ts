import type { SeenJob } from './seen-run.ts';

/** A job of the chain that decided how long the run took. */
export interface Link {
  readonly job: SeenJob;
  /** Milliseconds from the end of the job before (or the start of the run) to its own start: a runner was not free, or had to be found. */
  readonly waited: number;
  readonly took: number;
}

/** From the job that ended last, or from the one of that id, back to the first one, each time by the needed job that ended last; in the order of time. */
export function criticalPath(jobs: readonly SeenJob[], to?: string): readonly Link[] {
  const ran = new Map(jobs.filter(({ conclusion }) => conclusion !== 'skipped').map((job) => [job.id, job]));
  const path: Link[] = [];
  let job = to === undefined ? lastOf([...ran.values()]) : ran.get(to);
  while (job !== undefined) {
    const { startedAt, endedAt } = job;
    const before = lastOf(neededBy(job, jobs).flatMap((id) => ran.get(id) ?? []));
    path.unshift({ job, waited: startedAt - (before?.endedAt ?? 0), took: endedAt - startedAt });
    job = before;
  }
  return path;
}

/** Ids of what had to end before; in place of a job that was skipped, what that one needed. */
function neededBy(job: SeenJob, jobs: readonly SeenJob[]): readonly string[] {
  return job.needs.flatMap((id) => {
    const needed = jobs.find((each) => each.id === id);
    return needed?.conclusion === 'skipped' ? neededBy(needed, jobs) : [id];
  });
}

const lastOf = (jobs: readonly SeenJob[]): SeenJob | undefined =>
  jobs.reduce<SeenJob | undefined>((last, job) => (last === undefined || job.endedAt > last.endedAt ? job : last), undefined);

/** How far from the start a job stands in the graph: 0 for jobs that need nothing. */
export function levelOf(job: SeenJob, jobs: readonly SeenJob[]): number {
  const needed = job.needs.flatMap((id) => jobs.find((each) => each.id === id) ?? []);
  return needed.length === 0 ? 0 : 1 + Math.max(...needed.map((each) => levelOf(each, jobs)));
}
