import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Argv, CommandError, type ExecOptions, type ExecResult, type Host, UserError } from '@release-kit/action';
import { hostLimits } from './control-group.ts';
import { bootContainer } from './docker-boot.ts';
import { docker } from './docker-cli.ts';
import { exportRoot, makeFolderScript, pipeIn, pipeOut } from './docker-copy.ts';
import { prepareImage } from './docker-image.ts';
import { sweepDocker } from './docker-leftovers.ts';
import { personalityArgs, platformName } from './docker-platform.ts';
import { type DockerMeter, dockerMeter } from './docker-usage.ts';
import { type Container, type Vessel, vesselOf } from './docker-vessel.ts';
import { usualHostname } from './hostname.ts';
import { instanceRecord } from './leftovers.ts';
import type { BaseSystem, Machine, MachineCommand, MachineOptions } from './machine.ts';
import { machineName } from './machine-name.ts';
import { defaultEnvironment, proxiesOf } from './nspawn-machine.ts';
import { turnsOfMachine } from './turns.ts';

/**
 * Makes a machine whose commands run by `docker exec` in a container, and proves it by starting that. E_MACHINE when the daemon
 * cannot start it.
 */
export async function createDockerMachine(
  host: Host,
  base: BaseSystem,
  { hostname = usualHostname, limits }: MachineOptions = {},
): Promise<Machine> {
  await using stack = new AsyncDisposableStack();
  const { path: folder } = stack.use(await host.files.temporary('machine'));
  const machine = machineName();
  await writeFile(join(folder, instanceRecord.file), instanceRecord.text([], machine));
  await sweep(host);
  const image = await prepareImage(host, base);
  const platform = platformName(base.request.architecture);
  const personality = personalityArgs(base.request.architecture);
  const meter = dockerMeter();
  const most = { ...(await hostLimits()), ...limits };
  const plan = { machine, hostname, image, platform, personality, folder, limits: most, openFiles: await mostOpenFiles() };
  const vessel = stack.use(vesselOf(host, plan, (container) => meter.keep(container)));
  await vessel.enter({ kind: 'plain' });
  const turns = turnsOfMachine();
  const run = (argv: Argv, command: MachineCommand = {}): Promise<ExecResult> =>
    runOnce({ host, vessel, personality, meter }, argv, command);
  const kept = stack.move();
  return {
    engine: 'docker',
    run: (argv, command) => turns.next(() => run(argv, command)),
    copyIn: (hostFolder, machineFolder, owner) =>
      turns.next(async () => {
        const failure = { errorCode: 'E_MACHINE', failure: `files could not be copied into ${machineFolder} of the machine` } as const;
        const { stdout } = await run(['/bin/sh', '-c', makeFolderScript, 'copy-in', machineFolder, owner ?? ''], failure);
        const [user, group] = /^(\d+)\n(\d+)\n$/.exec(stdout)?.slice(1) ?? [];
        if (user === undefined || group === undefined) throw new UserError('E_MACHINE', failure.failure);
        const { name } = await vessel.enter({ kind: 'plain' });
        await pipeIn(host, name, hostFolder, machineFolder, [user, group]);
      }),
    copyOut: (machineFolder, hostFolder) =>
      turns.next(async () => {
        const { name } = await vessel.enter({ kind: 'plain' });
        await pipeOut(host, name, machineFolder, hostFolder);
      }),
    boot: (options = {}) => turns.boot((ended) => bootContainer(host, vessel, options, ended)),
    takeLayer: (target) =>
      turns.take(async () => {
        await mkdir(target, { mode: 0o755 });
        const { name } = await vessel.enter({ kind: 'plain' });
        await exportRoot(host, name, target);
        return 'root' as const;
      }),
    usage: async () => meter.total(vessel.current()),
    [Symbol.asyncDispose]: () => turns.dispose(() => kept.disposeAsync()),
  };
}

const sweptFor = new WeakSet<Host>();

/** Once a run: machines whose folders are gone as well are known to nobody but the daemon. */
async function sweep(host: Host): Promise<void> {
  if (sweptFor.has(host)) return;
  sweptFor.add(host);
  for (const machine of await sweepDocker(host)) host.log.debug(`removed the containers of ${machine}, which a killed run had left`);
}

/** The limit of files that a machine may ask for: a builder that knows none would walk through a thousand million of them. */
async function mostOpenFiles(): Promise<number> {
  const line = /^Max open files\s+\d+\s+(\d+)/m.exec(await readFile('/proc/self/limits', 'utf8'));
  return Math.max(1024, Math.min(524_288, Number(line?.[1] ?? 4096)));
}

/** Runs in the machine: 127 and 126 as shells say them, 128 + n for signals; then ends what the command has left running. */
const commandScript = '"$@"; code=$?; kill -9 -1 2>/dev/null; exit "$code"';

interface Ground {
  readonly host: Host;
  readonly vessel: Vessel;
  readonly personality: readonly string[];
  readonly meter: DockerMeter;
}

async function runOnce({ host, vessel, personality, meter }: Ground, argv: Argv, command: MachineCommand): Promise<ExecResult> {
  const container = await vessel.enter({ kind: 'plain' });
  const { cwd, env, user, network, ...options } = command;
  const words = [...personality, '/bin/sh', '-c', commandScript, 'release-kit-command', ...argv];
  const variables = { ...defaultEnvironment, ...(network === true ? proxiesOf(host) : {}), ...env };
  const args = execArgs(container.name, words, {
    cwd: cwd ?? '/',
    user: user ?? 'root',
    env: variables,
    stdin: options.stdin !== undefined || options.terminal === true,
    terminal: options.terminal === true,
  });
  const execute = (): Promise<ExecResult> => docker(host, args, { ...errorOf(argv), ...options });
  const outcome = await settled(network === true ? () => online(host, container, () => meter.traffic(container, execute)) : execute);
  if ('error' in outcome && host.signal.aborted) throw outcome.error;
  await endLeftovers(host, vessel, container, outcome);
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}

const errorOf = (argv: Argv): ExecOptions => ({ errorCode: 'E_COMMAND', failure: `${argv[0]} did not end well in the machine` });

type Outcome<T> = { readonly value: T } | { readonly error: unknown };

const settled = <T>(body: () => Promise<T>): Promise<Outcome<T>> =>
  body().then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );

/** Arguments of the docker client that run a command in a container; docker-exec(1). */
export function execArgs(
  container: string,
  argv: readonly string[],
  how: {
    readonly cwd: string;
    readonly user: string;
    readonly env: Readonly<Record<string, string>>;
    readonly stdin: boolean;
    readonly terminal?: boolean;
  },
): string[] {
  return [
    'exec',
    ...(how.stdin ? ['--interactive'] : []),
    ...(how.terminal === true ? ['--tty'] : []),
    `--user=${how.user}`,
    `--workdir=${how.cwd}`,
    ...Object.entries(how.env).map(([key, value]) => `--env=${key}=${value}`),
    container,
    ...argv,
  ];
}

/** Runs `body` while the container is on Docker's default network; before and after it has loopback alone. */
async function online<T>(host: Host, { name }: Container, body: () => Promise<T>): Promise<T> {
  const network = (verb: 'connect' | 'disconnect', which: 'bridge' | 'none'): Promise<unknown> =>
    docker(host, ['network', verb, which, name]);
  await network('disconnect', 'none');
  await network('connect', 'bridge');
  const outcome = await settled(body);
  if ('error' in outcome && host.signal.aborted) throw outcome.error;
  await network('disconnect', 'bridge');
  await network('connect', 'none');
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
}

/**
 * What a command left running must not outlive it: a build may leave daemons, and a command that took too long is still there,
 * for the client's end does not end it. When anything but PID 1 runs, the container starts anew. E_MACHINE when it ended by itself.
 */
async function endLeftovers(host: Host, vessel: Vessel, container: Container, outcome: Outcome<ExecResult>): Promise<void> {
  const top = await docker(host, ['container', 'top', container.name, '-eo', 'pid'], { allow: 'any' });
  if (top.exitCode === 0 && top.stdout.trim().split('\n').length <= 2) return;
  if (container.lifeline.hasEnded()) {
    const cause = 'error' in outcome ? outcome.error : undefined;
    const said = cause instanceof CommandError ? cause.failure.lastLines.at(-1) : undefined;
    throw new UserError('E_MACHINE', `the machine ended while a command ran in it${said === undefined ? '' : `: ${said}`}`, { cause });
  }
  await vessel.halt();
  await vessel.enter({ kind: 'plain' });
}
