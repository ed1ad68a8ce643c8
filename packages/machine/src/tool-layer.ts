import type { ExecResult, Host } from '@release-kit/action';
import { prepareLayer } from './layer.ts';
import type { BaseSystem, EngineName } from './machine.ts';

export interface ToolLayerRequest {
  /** Of the layer, as in `LayerRequest`. */
  readonly name: string;
  /** Debian's packages. */
  readonly packages: readonly string[];
  /** What a person calls them, in the progress and in messages. */
  readonly what: string;
}

/** Milliseconds, for each call of apt. */
const limit = 10 * 60_000;
const options = ['-q', '-y', '-o', 'Acquire::Retries=3', '-o', 'APT::Install-Recommends=false', '-o', 'Dpkg::Use-Pty=0'];

/** The base system with packages of its distribution in one more layer, which is kept for the next time. E_BASE_SYSTEM where they cannot be installed. */
export function prepareToolLayer(
  host: Host,
  base: BaseSystem,
  engine: EngineName,
  { name, packages, what }: ToolLayerRequest,
): Promise<BaseSystem> {
  host.progress.update(`installing ${what}`);
  return prepareLayer(host, base, engine, { name, inputs: { packages } }, async (machine) => {
    const apt = (words: readonly string[], failure: string): Promise<ExecResult> =>
      machine.run(['apt-get', ...options, ...words], {
        env: { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
        network: true,
        timeout: limit,
        errorCode: 'E_BASE_SYSTEM',
        failure,
      });
    await apt(['update'], "the archive's lists cannot be read");
    await apt(['install', ...packages], `${what} cannot be installed in ${base.request.distribution.name}`);
  });
}
