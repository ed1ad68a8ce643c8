import { UserError } from '@release-kit/action';
import type { Config } from '@release-kit/config';
import { parseDistribution } from '@release-kit/debian';
import { architecturesOf, missingFrom } from './architecture-choice.ts';
import { type Job, jobName, placementOf, placeOf } from './job.ts';
import type { SourcePackage } from './source-package.ts';

export interface Plan {
  readonly jobs: readonly Job[];
  /** Sentences: what was asked for but is not in the plan, and why. */
  readonly skipped: readonly string[];
}

export interface PlanRequest {
  readonly packages: readonly SourcePackage[];
  /** Names as `parseDistribution` gives them. */
  readonly distributions: readonly string[];
  readonly architectures: readonly string[];
  readonly config: Config;
}

/** GitHub starts at most 256 jobs of one matrix, https://docs.github.com/actions/reference/limits */
export const maxJobs = 256;
/** An output of a job holds 1 MB at most, counted in UTF-16. */
const maxMatrixCharacters = 500_000;

/**
 * Every package for every distribution and architecture that can be, in the order of the request, so that the same
 * request always gives the same jobs. Throws E_CONFIG for a plan that GitHub would refuse, E_ARCHITECTURE for an empty one.
 */
export function makePlan({ packages, distributions, architectures, config }: PlanRequest): Plan {
  refuseTwins(packages, config);
  const skipped: string[] = [];
  const jobs: Job[] = [];
  for (const { name, path, architectures: words } of packages) {
    const possible = architecturesOf(words, architectures);
    if (possible.length === 0) skipped.push(`${name}: its packages are for ${words.join(', ')}, not for ${architectures.join(', ')}`);
    for (const distribution of distributions) {
      for (const architecture of possible) {
        const reason = missingFrom(parseDistribution(distribution), architecture);
        if (reason !== undefined) skipped.push(`${name} for ${distribution} ${architecture}: ${reason}`);
        else
          jobs.push({
            name: jobName(name, distribution, architecture),
            path,
            package: name,
            distribution,
            architecture,
            ...placementOf(architecture, config),
          });
      }
    }
  }
  checkSize(jobs, skipped, config);
  return { jobs, skipped };
}

/** The value for `strategy.matrix`. */
export function matrixJson(jobs: readonly Job[]): string {
  const text = JSON.stringify({ include: jobs });
  if (text.length > maxMatrixCharacters)
    throw new UserError('E_CONFIG', `the plan takes ${text.length} characters; GitHub allows ${maxMatrixCharacters} in an output`);
  return text;
}

function refuseTwins(packages: readonly SourcePackage[], config: Config): void {
  for (const [index, { name, path }] of packages.entries()) {
    const twin = packages.slice(0, index).find((other) => other.name === name);
    if (twin !== undefined) {
      throw new UserError(
        'E_CONFIG',
        `the source packages in ${twin.path} and ${path} are both called ${name}`,
        placeOf(config, `packages[${index}].path`),
      );
    }
  }
}

function checkSize(jobs: readonly Job[], skipped: readonly string[], config: Config): void {
  if (jobs.length === 0) {
    throw new UserError('E_ARCHITECTURE', `nothing is left to build: ${skipped.join('; ')}`, {
      ...placeOf(config, 'architectures'),
      cure: 'Name an architecture that debian/control and the distribution allow.',
    });
  }
  if (jobs.length > maxJobs) {
    throw new UserError('E_CONFIG', `the plan has ${jobs.length} jobs; GitHub starts at most ${maxJobs} of one matrix`, {
      ...placeOf(config, 'distributions'),
      cure: 'List fewer distributions or architectures, or split the packages over several configuration files.',
    });
  }
}
