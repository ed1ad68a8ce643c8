import { type Host, UserError } from '@release-kit/action';
import { type BaseRequest, type BaseSystem, basePackages, createMachine, type EngineName, prepareBase } from '@release-kit/machine';

/** Architecture of each base system; the one to smoke-test in is left out where its programs cannot run. */
export interface BaseArchitectures {
  readonly build: string;
  readonly lint: string;
  readonly smoke: string | undefined;
}

/**
 * All base systems that the pipeline uses, so that later steps find them in the cache; returns the one that builds run in, which alone
 * may be made from an image.
 * Made side by side: one after the other would leave the network idle while packages unpack, and the processor while they come.
 */
export async function prepareAll(
  host: Host,
  request: Omit<BaseRequest, 'packages' | 'architecture'>,
  { build, lint, smoke }: BaseArchitectures,
): Promise<BaseSystem> {
  const { image, ...ofArchive } = request;
  const prepare = async (name: keyof typeof basePackages, architecture: string): Promise<BaseSystem> => {
    const base = await prepareBase(host, { ...(name === 'build' ? request : ofArchive), architecture, packages: basePackages[name] });
    host.log.info(`Base system to ${name} in: ${origins[base.origin]}`);
    host.log.debug(`${name}: ${base.key}`);
    return base;
  };
  const [first, ...others] = await Promise.allSettled([
    prepare('build', build),
    prepare('lint', lint),
    ...(smoke === undefined ? [] : [prepare('smoke', smoke)]),
  ]);
  // All have ended before the first failure is told, so that none works on behind our back.
  for (const other of [first, ...others]) if (other.status === 'rejected') throw other.reason;
  if (first.status === 'rejected') throw first.reason;
  return first.value;
}

const origins = { cache: 'from the cache', 'remote-cache': 'from the remote cache', archive: 'made from the archive' } as const;

/** Runs one program in a machine, so that a host that cannot is told apart from a package that does not build. */
export async function proveEngine(host: Host, base: BaseSystem, engine: EngineName): Promise<void> {
  const wanted = base.request.architecture;
  await using machine = await createMachine(host, base, engine);
  const { stdout } = await machine.run(['dpkg', '--print-architecture'], {
    errorCode: 'E_MACHINE',
    failure: 'dpkg does not run in a machine',
  });
  if (stdout.trim() !== wanted) throw new UserError('E_MACHINE', `the machine is ${JSON.stringify(stdout.trim())}, not ${wanted}`);
  host.log.info(`A machine runs: ${base.request.distribution.name} ${wanted}`);
}
