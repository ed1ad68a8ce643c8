import { jobName } from './job.ts';
import { cheapFirst } from './job-order.ts';
import { costs, placementOf, type Setting } from './placement.ts';
import type { UnstagedJob } from './stage.ts';
import type { Target } from './targets.ts';

export interface JobList {
  readonly jobs: readonly UnstagedJob[];
  /** Sentences: packages of `Architecture: all` that no job makes. */
  readonly skipped: readonly string[];
}

/** A job for each target, one of which makes the packages of `Architecture: all`; a source with no other packages has only that one. */
export function jobsOf(targets: readonly Target[], setting: Setting): JobList {
  const groups = Map.groupBy(targets, (target) => `${target.package.name} ${target.distribution}`);
  const lists = [...groups.values()].map((group) => groupJobs(group, setting));
  return { jobs: toldApart(lists.flatMap(({ jobs }) => withSource(jobs))), skipped: lists.flatMap(({ skipped }) => skipped) };
}

/** The targets of one package and distribution. */
function groupJobs(group: readonly Target[], setting: Setting): JobList {
  const [first] = group;
  if (first === undefined) return { jobs: [], skipped: [] };
  const words = first.package.architectures;
  const jobs = group.map((target) => jobOf(target, setting)).sort(cheapFirst);
  if (!words.includes('all')) return { jobs, skipped: [] };
  // build-deb builds these natively on any host, so it does not matter what they are built for.
  if (words.every((word) => word === 'all')) return { jobs: jobs.slice(0, 1).map(nativeJob), skipped: [] };
  const home = jobs.find(makesAll);
  const sentence = `the packages of ${first.package.name} for ${first.distribution} that are for all architectures: cross builds do not make them; build natively for one more, such as amd64`;
  return { jobs: jobs.map((job) => ({ ...job, 'build-all': job === home })), skipped: home === undefined ? [sentence] : [] };
}

/** The job that makes what is for all architectures, else the cheapest, makes the source package too. */
function withSource(jobs: readonly UnstagedJob[]): readonly UnstagedJob[] {
  const home = jobs.find((job) => job['build-all']) ?? jobs[0];
  return jobs.map((job) => ({ ...job, source: job === home }));
}

/** A version for one distribution has the name of its files for itself; for several it says for which: `+debian12`, above the plain one. */
function toldApart(jobs: readonly UnstagedJob[]): readonly UnstagedJob[] {
  return [...Map.groupBy(jobs, (job) => job.package).values()].flatMap((group) =>
    new Set(group.map(({ distribution }) => distribution)).size < 2
      ? group
      : group.map((job) => ({ ...job, 'version-suffix': `+${job.distribution.replace(':', '')}` })),
  );
}

/** A cross build leaves them out, and what is left to build-deb may become one (docs/decisions/0015-strategies.md). */
const makesAll = ({ strategy }: UnstagedJob): boolean => strategy === 'native' || strategy === 'emulate';

const nativeJob = (job: UnstagedJob): UnstagedJob => ({ ...job, strategy: 'native', cost: costs.native, 'build-all': true });

function jobOf({ package: one, distribution, architecture, include }: Target, setting: Setting): UnstagedJob {
  const name = jobName(one.name, distribution, architecture);
  const { strategy, runner, cost } = placementOf(one, architecture, include, setting);
  const where = { path: one.path, package: one.name, distribution, architecture };
  return { name, ...where, strategy, runner, 'build-all': false, source: false, 'version-suffix': '', cost, artifact: name };
}
