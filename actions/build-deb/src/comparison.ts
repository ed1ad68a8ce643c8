import { dirname, join } from 'node:path';
import { type Host, UserError, writeWhole } from '@release-kit/action';
import { ownArchitecture } from '@release-kit/machine';
import { type BuildRequest, buildOnce, type FinishedBuild } from './build-once.ts';
import { packageDifferences } from './equivalence.ts';
import { reportEquivalence } from './equivalence-report.ts';
import { compareWithOther } from './other-build.ts';
import { quietHost } from './quiet-host.ts';
import { checkReproducibility } from './reproducibility.ts';
import { reportReproducibility } from './reproducibility-summary.ts';

type Wish = 'false' | 'true' | 'require';

/** What is asked of a finished build by building again. */
export interface ComparisonWishes {
  readonly reproducible: Wish;
  readonly equivalence: Wish;
  /** Absolute path of the manifest of another build of the same source. */
  readonly compareWith: string | undefined;
  /** Absolute; holds the files of the first build. */
  readonly output: string;
}

/** `true`, `false`, or empty when nothing was compared. */
export interface ComparisonResults {
  readonly reproducible: string;
  readonly equivalent: string;
}

/**
 * Builds again as the wishes ask, and compares; `request` is that of the first build, with the strategy that was used.
 * Throws E_BUILD_REPRODUCIBLE and E_BUILD_EQUIVALENCE where a difference must not be.
 */
export async function compareBuilds(
  host: Host,
  request: BuildRequest,
  first: FinishedBuild,
  wishes: ComparisonWishes,
): Promise<ComparisonResults> {
  const { reproducible, output } = wishes;
  const equivalent = await equivalenceOf(host, request, first, wishes);
  if (reproducible === 'false') return { reproducible: '', equivalent };
  return { reproducible: reportReproducibility(host, await checkReproducibility(host, request, first, output), reproducible), equivalent };
}

/** With another build where one is named, else with one that is made for it. */
async function equivalenceOf(
  host: Host,
  request: BuildRequest,
  first: FinishedBuild,
  { equivalence, compareWith }: ComparisonWishes,
): Promise<string> {
  if (compareWith !== undefined) return compareWithOther(host, request, first, compareWith, equivalence === 'require' ? 'require' : 'true');
  return equivalence === 'false' ? '' : compareStrategies(host, request, first, equivalence);
}

/** A cross build is compared with one that the architecture's own compiler makes: here if this host is one, else emulated. */
async function compareStrategies(host: Host, request: BuildRequest, first: FinishedBuild, wanted: 'true' | 'require'): Promise<string> {
  if (request.strategy !== 'cross') {
    host.log.info(`equivalence: nothing to compare, the packages were not cross-compiled but built by the strategy ${request.strategy}`);
    return '';
  }
  const strategy = request.architecture === ownArchitecture() ? 'native' : 'emulate';
  const words = { native: 'built natively', emulate: 'built emulated' } as const;
  await using stage = await host.files.temporary('equivalence');
  const logFile = join(dirname(request.logFile), `${strategy}-build.log`);
  await writeWhole(logFile, '');
  host.log.info(`building once more, ${words[strategy]}, to compare`);
  // The same tests, profiles and packages as the cross build: what differs then is the compiler's doing.
  const again = { ...request, strategy, tests: 'skip', buildAll: false, guards: 'warning', stage: stage.path, logFile } as const;
  const second = await buildOnce(quietHost(host, words[strategy]), again).catch((error: unknown) => {
    if (error instanceof UserError && error.code.startsWith('E_BUILD'))
      throw new UserError(
        'E_BUILD_EQUIVALENCE',
        `the packages cross-compile, but ${strategy === 'native' ? 'the native' : 'the emulated'} build that they were to be compared with fails: ${error.message}`,
        {
          cause: error,
          cure: `See logs/${strategy}-build.log in the output folder.`,
        },
      );
    throw error;
  });
  const compared = { left: 'cross-compiled', right: words[strategy], packages: first.contents.length };
  return reportEquivalence(host, packageDifferences(first.contents, second.contents), compared, wanted);
}
