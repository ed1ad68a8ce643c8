import { UserError } from '@release-kit/action';
import type { Config } from '@release-kit/config';
import type { Job } from './job.ts';
import { jobsOf } from './job-list.ts';
import { byPlace, longFirst } from './job-order.ts';
import type { Choice } from './selection.ts';
import type { SourcePackage } from './source-package.ts';
import { stagedJobs, stagesOf } from './stage.ts';
import { targetsOf } from './targets.ts';

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
/** The outputs of a job hold 1 MB at most, counted in UTF-16. */
export const maxPlanCharacters = 500_000;

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
  const built = new Set(choices.filter((choice) => choice.built).map((choice) => choice.package));
  const list = jobsOf(
    targets.filter((target) => built.has(target.package)),
    request,
  );
  checkCount(list.jobs.length, config);
  const stages = stagesOf([...built]);
  const jobs = stagedJobs(list.jobs, stages).toSorted(request.maxParallel === undefined ? byPlace : longFirst);
  return { jobs, choices, skipped: [...skipped, ...list.skipped, ...stages.skipped] };
}

/** The value for `strategy.matrix`, and a list of such values, one for each stage. E_CONFIG when both together are too large. */
export function planOutputs(jobs: readonly Job[]): { readonly matrix: string; readonly stages: string } {
  const matrix = JSON.stringify({ include: jobs });
  const numbers = [...new Set(jobs.map(({ stage }) => stage))].sort((a, b) => a - b);
  const stages = JSON.stringify(numbers.map((number) => ({ include: jobs.filter(({ stage }) => stage === number) })));
  const size = matrix.length + stages.length;
  if (size > maxPlanCharacters)
    throw new UserError('E_CONFIG', `the plan takes ${size} characters; GitHub allows ${maxPlanCharacters} in the outputs of a job`);
  return { matrix, stages };
}

/** E_CONFIG for a plan that the workflow which asked for it has no place for: it has so many jobs for stages, and so many outputs for their jobs. */
export function checkShape(jobs: readonly Job[], limits: { readonly maxJobs: number; readonly maxStages: number }): void {
  const stages = Map.groupBy(jobs, ({ stage }) => stage);
  if (stages.size > limits.maxStages)
    throw new UserError('E_CONFIG', `packages are built with each other in ${stages.size} stages; this workflow has ${limits.maxStages}`, {
      cure: 'Split the repository over several workflows, or write a workflow of your own with a job for each stage: the README of build-matrix shows one.',
    });
  const most = Math.max(0, ...[...stages.values()].map((stage) => stage.length));
  if (most > limits.maxJobs)
    throw new UserError('E_CONFIG', `the plan has ${most} jobs in one stage; this workflow has room for ${limits.maxJobs}`, {
      cure: 'Call the workflow several times, each time for some of the distributions or architectures.',
    });
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
