import { UserError } from '@release-kit/action';
import { architectureNames, type Config } from '@release-kit/config';
import { distributionNames } from '@release-kit/debian';
import { type Job, jobName } from './job.ts';
import { placementOf } from './placement.ts';
import type { Choice } from './selection.ts';
import type { SourcePackage } from './source-package.ts';
import { type Target, targetsOf } from './targets.ts';

export interface Plan {
  readonly jobs: readonly Job[];
  /** Each package, and why it is built or not. */
  readonly choices: readonly Choice[];
  /** Sentences: what was asked for but is not in the plan, and why. */
  readonly skipped: readonly string[];
}

export interface PlanRequest {
  readonly choices: readonly Choice[];
  /** Names as `parseDistribution` gives them; undefined leaves it to the configuration. */
  readonly distributions: readonly string[] | undefined;
  readonly architectures: readonly string[] | undefined;
  readonly config: Config;
  readonly privateRepository: boolean;
  readonly maxParallel: number | undefined;
}

/** GitHub starts at most 256 jobs of one matrix, https://docs.github.com/actions/reference/limits */
export const maxJobs = 256;
/** An output of a job holds 1 MB at most, counted in UTF-16. */
export const maxMatrixCharacters = 500_000;

/**
 * Every chosen package for every distribution and architecture that can be. The jobs and their order depend on what is listed, not on
 * the order of the lists. Throws E_CONFIG for a plan that GitHub would refuse, E_ARCHITECTURE when nothing that was asked for can be.
 */
export function makePlan(request: PlanRequest): Plan {
  const { choices, config } = request;
  const packages = choices.map((choice) => choice.package);
  refuseTwins(packages);
  const { targets, skipped } = targetsOf({ ...request, packages });
  if (targets.length === 0 && skipped.length > 0) throw nothingPossible(skipped, config);
  const jobs = jobsOf(targets, request).sort(byPlace(request.maxParallel !== undefined));
  const built = new Set(choices.filter((choice) => choice.built).map((choice) => choice.package.name));
  const left = jobs.filter((job) => built.has(job.package));
  checkCount(left.length, config);
  return { jobs: left, choices, skipped };
}

/** The value for `strategy.matrix`. */
export function matrixJson(jobs: readonly Job[]): string {
  const text = JSON.stringify({ include: jobs });
  if (text.length > maxMatrixCharacters)
    throw new UserError('E_CONFIG', `the plan takes ${text.length} characters; GitHub allows ${maxMatrixCharacters} in an output`);
  return text;
}

/** Packages of `Architecture: all` are the same everywhere: the cheapest job of a package and distribution makes them. */
function jobsOf(targets: readonly Target[], request: PlanRequest): Job[] {
  const groups = Map.groupBy(targets, (target) => `${target.package.name} ${target.distribution}`);
  return [...groups.values()].flatMap((group) => {
    const words = group[0]?.package.architectures ?? [];
    const jobs = group.map((target) => jobOf(target, request)).sort((a, b) => a.cost - b.cost || byPlace(false)(a, b));
    const marked = jobs.map((job, index) => ({ ...job, 'build-all': index === 0 && words.includes('all') }));
    return words.every((word) => word === 'all') ? marked.slice(0, 1) : marked;
  });
}

function jobOf({ package: one, distribution, architecture, include }: Target, request: PlanRequest): Job {
  const name = jobName(one.name, distribution, architecture);
  const { strategy, runner, cost } = placementOf(one, architecture, include, request);
  const where = { path: one.path, package: one.name, distribution, architecture };
  return { name, ...where, strategy, runner, 'build-all': false, cost, artifact: name };
}

/** By package, distribution and architecture; the long ones first where few run at once, so that none is left to run alone at the end. */
function byPlace(longFirst: boolean): (a: Job, b: Job) => number {
  return (a, b) =>
    (longFirst ? b.cost - a.cost : 0) ||
    byText(a.package, b.package) ||
    rank(distributionNames, a.distribution) - rank(distributionNames, b.distribution) ||
    byText(a.distribution, b.distribution) ||
    rank(architectureNames, a.architecture) - rank(architectureNames, b.architecture);
}

/** In the order of code units, which no locale changes. */
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function rank(names: readonly string[], name: string): number {
  const index = names.indexOf(name);
  return index === -1 ? names.length : index;
}

function refuseTwins(packages: readonly SourcePackage[]): void {
  for (const [index, { name, path, place }] of packages.entries()) {
    const twin = packages.slice(0, index).find((other) => other.name === name);
    if (twin !== undefined) {
      throw new UserError('E_CONFIG', `the source packages in ${twin.path} and ${path} are both called ${name}`, {
        ...(place === undefined ? {} : { place }),
        cure: 'Give one of them another name under packages in release-kit.yml: { path: …, name: … }.',
      });
    }
  }
}

function nothingPossible(skipped: readonly string[], config: Config): UserError {
  const place = config.place('architectures');
  return new UserError('E_ARCHITECTURE', `nothing is left to build: ${skipped.join('; ')}`, {
    ...(place === undefined ? {} : { place }),
    cure: 'Name an architecture that debian/control and the distribution allow.',
  });
}

function checkCount(count: number, config: Config): void {
  if (count <= maxJobs) return;
  const place = config.place('distributions');
  throw new UserError('E_CONFIG', `the plan has ${count} jobs; GitHub starts at most ${maxJobs} of one matrix`, {
    ...(place === undefined ? {} : { place }),
    cure: 'List fewer distributions or architectures, exclude some under matrix, or split the packages over several configuration files.',
  });
}
