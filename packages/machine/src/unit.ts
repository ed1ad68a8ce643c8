import { type Argv, CommandError, type ExecOptions, type ExecResult, type Host, UserError } from '@release-kit/action';
import { commandScript } from './launcher.ts';
import type { MachineCommand } from './machine.ts';
import { defaultEnvironment } from './nspawn-machine.ts';

/** How a program of the machine is started beside its systemd. */
export interface Entrance {
  /** The host's argument list. */
  argv(inside: Argv, input: EntranceInput): Argv;
  readonly env: Readonly<Record<string, string>>;
}

/** Whether standard input is passed on, and whether it is a terminal. */
export type EntranceInput = 'none' | 'stdin' | 'terminal';

/** Runs a command as a transient unit of a booted machine, to its end. */
export async function runUnit(
  host: Host,
  entrance: Entrance,
  unit: string,
  argv: Argv,
  command: Omit<MachineCommand, 'network'>,
): Promise<ExecResult> {
  const { cwd, env, user, ...options } = command;
  const run = (inside: Argv, how: ExecOptions): Promise<ExecResult> =>
    host.exec(entrance.argv(inside, how.terminal === true ? 'terminal' : how.stdin === undefined ? 'none' : 'stdin'), {
      cwd: '/',
      env: entrance.env,
      ...how,
    });
  try {
    const terminal = options.terminal === true;
    const words = unitArgv(unit, argv, { cwd, env, user, terminal });
    const result = await run(words, { failure: `${argv[0]} did not end well in the machine`, ...options });
    // Something in the machine killed the client, and may have spared the command.
    if (result.exitCode === null && !terminal) await endUnit(unit, run);
    return result;
  } catch (error) {
    // The unit is a child of the machine's systemd: the client's end alone would leave it running.
    if (!hasEnded(error)) await endUnit(unit, run);
    throw error;
  }
}

/** Whether the command came to its end by itself; then systemd has ended what it left running. */
function hasEnded(error: unknown): boolean {
  return error instanceof CommandError && error.code !== 'E_TIMEOUT' && error.failure.exitCode !== null;
}

/** Milliseconds. What is killed may be thousands of processes on a host that has no time for anything else. */
const endTimeout = 30_000;

/** Nothing of the unit runs afterwards: `stop` returns when the last process is gone. What it was told for fails for its own reason. */
async function endUnit(unit: string, run: (inside: Argv, how: ExecOptions) => Promise<ExecResult>): Promise<void> {
  try {
    for (const words of [['kill', '--signal=KILL', unit] as const, ['stop', unit] as const])
      await run(['systemctl', ...words], { allow: 'any', timeout: endTimeout });
  } catch (error) {
    // Interrupted, or no answer: all of it ends with the machine.
    if (!(error instanceof UserError)) throw error;
  }
}

/** systemd-run(1) expands `$` in arguments, in all versions the same way; `$$` stands for one. */
export function unitArgv(
  unit: string,
  argv: Argv,
  command: {
    readonly cwd: string | undefined;
    readonly env: Readonly<Record<string, string>> | undefined;
    readonly user: string | undefined;
    readonly terminal?: boolean;
  },
): Argv {
  const variables = Object.entries({ ...defaultEnvironment, ...command.env }).map(([key, value]) => `--setenv=${key}=${value}`);
  return [
    'systemd-run',
    '--quiet',
    '--wait',
    command.terminal === true ? '--pty' : '--pipe',
    '--collect',
    // What a command leaves running ends with it, at once: SIGTERM might not be heard, and waiting for it would count as a failure.
    '--property=KillMode=mixed',
    `--unit=${unit}`,
    `--working-directory=${command.cwd ?? '/'}`,
    ...(command.user === undefined ? ['--setenv=HOME=/root'] : [`--uid=${command.user}`]),
    ...variables,
    '--',
    '/bin/sh',
    '-c',
    ...[commandScript, 'release-kit-command', ...argv].map((word) => word.replaceAll('$', '$$$$')),
  ];
}

/**
 * What systemctl, systemd-run and nsenter need. Those of the machine run with no more, for they may have been replaced in there;
 * the command itself is a child of the machine's systemd and has the machine's own capabilities.
 */
const clientCapabilities = [
  'chown',
  'dac_override',
  'dac_read_search',
  'fowner',
  'kill',
  'setgid',
  'setuid',
  'sys_admin',
  'sys_chroot',
  'sys_ptrace',
];

/** Argument list that runs a program of the machine in all its namespaces. */
export function enter(leader: number, argv: Argv): Argv {
  return [
    'setpriv',
    '--pdeathsig',
    'KILL',
    '--inh-caps=-all',
    `--bounding-set=-all,${clientCapabilities.map((name) => `+${name}`).join(',')}`,
    '--',
    'nsenter',
    '--target',
    String(leader),
    '--mount',
    '--uts',
    '--ipc',
    '--net',
    '--pid',
    '--cgroup',
    '--root',
    '--wd',
    '--',
    ...argv,
  ];
}
