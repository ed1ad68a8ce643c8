import { type Place, UserError } from '@release-kit/action';
import type { Config } from '@release-kit/config';

/** One job of the matrix. The names of the fields are a contract: workflows read them as `matrix.<name>`. */
export interface Job {
  /** Unique, stable, and allowed in the name of an artifact: `hello-debian-12-amd64`. */
  readonly name: string;
  /** Folder that holds debian/. */
  readonly path: string;
  /** Name of the source package. */
  readonly package: string;
  readonly distribution: string;
  readonly architecture: string;
  readonly strategy: 'native' | 'cross' | 'emulate';
  /** For `runs-on`: one label, or a list of labels that must all match. */
  readonly runner: string | readonly string[];
}

// GitHub's own runners; https://docs.github.com/actions/reference/runners/github-hosted-runners
const hostedRunners: Readonly<Record<string, string>> = { amd64: 'ubuntu-24.04', i386: 'ubuntu-24.04', arm64: 'ubuntu-24.04-arm' };

/** How an architecture is built and where. Throws E_ARCHITECTURE when there is no runner to build it on. */
export function placementOf(architecture: string, config: Config): Pick<Job, 'strategy' | 'runner'> {
  const labels = config.runners[architecture];
  const hosted = Object.hasOwn(hostedRunners, architecture) ? hostedRunners[architecture] : undefined;
  const own = labels === undefined ? hosted : labels.length === 1 ? labels[0] : labels;
  const { strategy } = config.build;
  const foreign = architecture !== 'amd64' && architecture !== 'i386';
  if (foreign && (strategy === 'cross' || strategy === 'emulate')) return { strategy, runner: placementOf('amd64', config).runner };
  if (own !== undefined) return { strategy: 'native', runner: own };
  throw new UserError('E_ARCHITECTURE', `no runner is known for ${architecture}`, {
    ...placeOf(config, 'architectures'),
    cure: `Name one in release-kit.yml, such as runners: { ${architecture}: [self-hosted, ${architecture}] }, or set build.strategy to cross or emulate.`,
  });
}

/** `hello`, `debian:12`, `amd64` -> `hello-debian-12-amd64`; artifacts must not have a colon in their name. */
export function jobName(name: string, distribution: string, architecture: string): string {
  return `${name}-${distribution.replace(':', '-')}-${architecture}`;
}

export function placeOf(config: Config, path: string): { place?: Place } {
  const place = config.place(path);
  return place === undefined ? {} : { place };
}
