import { parseDistribution } from '@release-kit/debian';
import { missingFrom } from './architecture-choice.ts';
import { type Job, jobName } from './job.ts';
import { cheapFirst } from './job-order.ts';
import { placementOf, type Setting } from './placement.ts';
import type { Target } from './targets.ts';

export interface JobList {
  readonly jobs: readonly Job[];
  /** Sentences: packages of `Architecture: all` that no job makes. */
  readonly skipped: readonly string[];
}

/** A job for each target, one of which makes the packages of `Architecture: all`; a source with no other packages has only that one. */
export function jobsOf(targets: readonly Target[], setting: Setting): JobList {
  const groups = Map.groupBy(targets, (target) => `${target.package.name} ${target.distribution}`);
  const lists = [...groups.values()].map((group) => groupJobs(group, setting));
  return { jobs: lists.flatMap(({ jobs }) => jobs), skipped: lists.flatMap(({ skipped }) => skipped) };
}

/** The targets of one package and distribution. */
function groupJobs(group: readonly Target[], setting: Setting): JobList {
  const [first] = group;
  if (first === undefined) return { jobs: [], skipped: [] };
  const words = first.package.architectures;
  const jobs = group.map((target) => jobOf(target, setting)).sort(cheapFirst);
  if (!words.includes('all')) return { jobs, skipped: [] };
  if (words.every((word) => word === 'all')) return { jobs: [{ ...homeOf(first, jobs, setting), 'build-all': true }], skipped: [] };
  const home = jobs.find(makesAll);
  const sentence = `the packages of ${first.package.name} for ${first.distribution} that are for all architectures: cross builds do not make them; build natively for one more, such as amd64`;
  return { jobs: jobs.map((job) => ({ ...job, 'build-all': job === home })), skipped: home === undefined ? [sentence] : [] };
}

/** A cross build leaves them out, and what is left to build-deb may become one (docs/decisions/0015-strategies.md). */
const makesAll = ({ strategy }: Job): boolean => strategy === 'native' || strategy === 'emulate';

/** What is the same everywhere is not worth an emulated build: it is made on amd64, wanted or not, when no job is native. */
function homeOf(target: Target, jobs: readonly Job[], setting: Setting): Job {
  const natively = jobs.find(({ strategy }) => strategy === 'native');
  if (natively !== undefined) return natively;
  const onAmd64 = jobOf({ ...target, architecture: 'amd64', include: undefined }, setting);
  if (onAmd64.strategy === 'native' && missingFrom(parseDistribution(target.distribution), 'amd64') === undefined) return onAmd64;
  return jobs.find(makesAll) ?? jobOf({ ...target, include: { ...everything, strategy: 'emulate' } }, setting);
}

const everything = { package: '*', distribution: '*', architecture: '*', runner: undefined } as const;

function jobOf({ package: one, distribution, architecture, include }: Target, setting: Setting): Job {
  const name = jobName(one.name, distribution, architecture);
  const { strategy, runner, cost } = placementOf(one, architecture, include, setting);
  const where = { path: one.path, package: one.name, distribution, architecture };
  return { name, ...where, strategy, runner, 'build-all': false, cost, artifact: name };
}
