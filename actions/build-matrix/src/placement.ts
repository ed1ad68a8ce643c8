import { UserError } from '@release-kit/action';
import type { Config, MatrixInclude, Strategy } from '@release-kit/config';
import type { Job } from './job.ts';
import type { SourcePackage } from './source-package.ts';

/** How a package is built for an architecture, and where. */
export type Placement = Pick<Job, 'strategy' | 'runner' | 'cost'>;

export interface Setting {
  readonly config: Config;
  /** GitHub's arm runners are for public repositories. */
  readonly privateRepository: boolean;
}

// GitHub's own runners; https://docs.github.com/actions/reference/runners/github-hosted-runners
const hostedRunner = 'ubuntu-24.04';
const hostedArmRunner = 'ubuntu-24.04-arm';

/**
 * CPU time of a build by its native one, as measured (docs/performance.md): cross 1.08 to 1.19, emulated 14.9 to 19.2. What is left to
 * build-deb is mostly cross-built.
 */
export const costs = { native: 1, cross: 1.1, emulate: 15, auto: 1.1 } as const;

/** Run by every amd64 processor. */
const ofHosted: readonly string[] = ['amd64', 'i386'];

/**
 * The most special wish counts: an `include`, the package's own, the file's; in each the architecture's before the general one, which is
 * about foreign architectures only. `auto` is native where a runner of the architecture is known, else it is left to build-deb on the
 * runner of amd64. Throws E_ARCHITECTURE for `native` without a runner.
 */
export function placementOf(one: SourcePackage, architecture: string, include: MatrixInclude | undefined, setting: Setting): Placement {
  const { config } = setting;
  const special = include?.strategy ?? one.config?.strategies[architecture];
  const general = one.config?.strategy ?? config.build.strategies[architecture] ?? config.build.strategy;
  const own = include?.runner ?? config.runners[architecture];
  const usual = config.runners['amd64'] ?? [hostedRunner];
  const homely = ofHosted.includes(architecture);
  const wish: Strategy = special ?? (homely ? (config.build.strategies[architecture] ?? 'native') : general);
  const native = own ?? (homely ? usual : architecture === 'arm64' && !setting.privateRepository ? [hostedArmRunner] : undefined);
  switch (wish) {
    case 'cross':
    case 'emulate':
      return placement(wish, include?.runner ?? (homely ? (own ?? usual) : usual));
    case 'auto':
      // Of the runner of an include nothing is known: build-deb, which runs there, finds out.
      if (include?.runner !== undefined) return placement('auto', include.runner);
      return native === undefined ? placement('auto', usual) : placement('native', native);
    case 'native':
      if (native !== undefined) return placement('native', native);
      throw noRunner(architecture, setting);
  }
}

function placement(strategy: Job['strategy'], labels: readonly string[]): Placement {
  const [label, ...more] = labels;
  return { strategy, runner: label !== undefined && more.length === 0 ? label : labels, cost: costs[strategy] };
}

function noRunner(architecture: string, { config, privateRepository }: Setting): UserError {
  const place = config.place(`build.strategies.${architecture}`) ?? config.place('build.strategy') ?? config.place('architectures');
  const hosted = architecture === 'arm64' && privateRepository ? "; GitHub's own arm runners are for public repositories" : '';
  return new UserError('E_ARCHITECTURE', `no runner is known for ${architecture}${hosted}`, {
    ...(place === undefined ? {} : { place }),
    cure: `Name one in release-kit.yml, such as runners: { ${architecture}: [self-hosted, ${architecture}] }, or let the strategy be auto, cross or emulate.`,
  });
}
