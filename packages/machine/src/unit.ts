import { type Argv, type ExecOptions, type ExecResult, type Host, UserError } from '@release-kit/action';
import { commandScript } from './launcher.ts';
import type { MachineCommand } from './machine.ts';
import { defaultEnvironment } from './nspawn-machine.ts';

/** How a program of the machine is started beside its systemd. */
export interface Entrance {
  /** The host's argument list; `stdin`: whether standard input is passed on. */
  argv(inside: Argv, stdin: boolean): Argv;
  readonly env: Readonly<Record<string, string>>;
}

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
    host.exec(entrance.argv(inside, how.stdin !== undefined), { cwd: '/', env: entrance.env, ...how });
  try {
    return await run(unitArgv(unit, argv, { cwd, env, user }), { failure: `${argv[0]} did not end well in the machine`, ...options });
  } catch (error) {
    // The unit is a child of the machine's systemd: killing the client alone would leave it running.
    if (error instanceof UserError && error.code === 'E_TIMEOUT')
      await run(['systemctl', 'kill', '--signal=KILL', unit], { allow: 'any', timeout: 10_000 });
    throw error;
  }
}

/** systemd-run(1) expands `$` in arguments, in all versions the same way; `$$` stands for one. */
export function unitArgv(
  unit: string,
  argv: Argv,
  command: { cwd: string | undefined; env: Readonly<Record<string, string>> | undefined; user: string | undefined },
): Argv {
  const variables = Object.entries({ ...defaultEnvironment, ...command.env }).map(([key, value]) => `--setenv=${key}=${value}`);
  return [
    'systemd-run',
    '--quiet',
    '--wait',
    '--pipe',
    '--collect',
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
