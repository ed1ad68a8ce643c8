import { readFile } from 'node:fs/promises';
import type { Argv } from '@release-kit/action';

/**
 * How a container starts: nothing is mounted where the host could see it, and everything ends with us.
 *
 * setpriv asks the kernel to kill the child when this process dies, whatever the reason. unshare makes a mount
 * namespace and a process namespace; its first process is killed with unshare (--kill-child), and the kernel then
 * kills everything in the namespace and drops its mounts. All data are positional arguments of constant scripts.
 */

/** $1: the process that must be our parent (it may have died before setpriv was set); $2: where to write our process id. */
const outerScript = [
  '[ "$PPID" = "$1" ] || exit 70',
  'if [ -n "$2" ]; then echo "$$" > "$2"; fi',
  'shift 2',
  'exec unshare --mount --propagation private --pid --fork --kill-child --mount-proc -- "$@"',
].join('\n');

/** Exit code of the launcher when the kernel refuses the overlay; no other part of it ends so. */
export const overlayRefused = 75;

/**
 * $1: folder of the instance; then the folders below its overlay, topmost first, up to `--`, none when the instance holds a copy;
 * then folders of control groups up to `--`. Relative paths keep commas, colons and blanks out of the overlay's options.
 * /run/systemd/nspawn is nspawn's own scratch space on the host, here private as well.
 */
const innerScript = [
  'set -eu',
  'cd -- "$1"; shift; lower=',
  'while [ "$1" != -- ]; do',
  '  part=lower/$#; mkdir -p "$part"; mount --bind -- "$1" "$part"; shift',
  '  [ -z "$lower" ] || lower="$lower:"; lower="$lower$part"',
  'done; shift',
  'while [ "$1" != -- ]; do { echo 0 > "$1/cgroup.procs"; } 2>/dev/null || :; shift; done; shift',
  'if [ -n "$lower" ]; then',
  `  mount -t overlay -o "nodev,lowerdir=$lower,upperdir=upper,workdir=work" overlay root || exit ${overlayRefused}`,
  'else mount --bind -- root root; mount -o remount,bind,nodev root; fi',
  'mkdir -p /run/systemd/nspawn; mount -t tmpfs -o mode=0755 nspawn /run/systemd/nspawn',
  'exec systemd-nspawn "$@"',
].join('\n');

/**
 * Runs inside the machine: 127 and 126 as shells say them, 128 + n for signals, and no trace of nspawn in the environment.
 * On one line, since systemd cannot read its own transient units with line ends again, and would say so at each reload.
 */
export const commandScript =
  'unset NOTIFY_SOCKET container_uuid container_host_id container_host_version_id container_host_build_id; "$@"; exit "$?"';

export interface Launch {
  /** Absolute folder of the instance, with lower, upper, work and root. */
  readonly folder: string;
  /** Absolute folders below the overlay, topmost first, the root of the base system last; none when `root` in the folder is a copy. */
  readonly lowers: readonly string[];
  readonly cgroups: readonly string[];
  /** Absolute file that receives the process id of unshare. */
  readonly pidFile: string | undefined;
  readonly nspawn: readonly string[];
}

/** Argument list that starts systemd-nspawn on an instance, tied to the life of this process. */
export function launchArgv(launch: Launch, ownPid: number = process.pid): Argv {
  return [
    'setpriv',
    '--pdeathsig',
    'KILL',
    '/bin/sh',
    '-c',
    outerScript,
    'release-kit-launcher',
    String(ownPid),
    launch.pidFile ?? '',
    '/bin/sh',
    '-c',
    innerScript,
    'release-kit-launcher',
    launch.folder,
    ...launch.lowers,
    '--',
    ...launch.cgroups,
    '--',
    ...launch.nspawn,
  ];
}

/** Argument list that runs a program of the host in private namespaces, tied to the life of this process. */
export function tiedArgv(argv: Argv, ownPid: number = process.pid): Argv {
  return ['setpriv', '--pdeathsig', 'KILL', '/bin/sh', '-c', outerScript, 'release-kit-launcher', String(ownPid), '', ...argv];
}

/** Argument list of a program of the host that the kernel kills with this process; unlike `tiedArgv` it needs no namespaces. */
export function heldArgv(argv: Argv): Argv {
  return ['setpriv', '--pdeathsig', 'KILL', '--', ...argv];
}

export interface NspawnOptions {
  readonly folder: string;
  /** Unique on this host. */
  readonly name: string;
  readonly hostname: string;
  readonly network: boolean;
  readonly personality: string | undefined;
  readonly capabilities: 'plain' | 'booted';
  /** Somebody types: the machine gets a terminal of its own. */
  readonly terminal?: boolean;
}

/**
 * No device nodes, no immutable files that would survive disposal. A plain command has no reason to mount either;
 * systemd as PID 1 needs CAP_SYS_ADMIN.
 */
const dropped = {
  plain: ['CAP_MKNOD', 'CAP_LINUX_IMMUTABLE', 'CAP_SYS_ADMIN', 'CAP_SYS_BOOT', 'CAP_SYS_TTY_CONFIG'],
  booted: ['CAP_MKNOD', 'CAP_LINUX_IMMUTABLE', 'CAP_SYS_TTY_CONFIG'],
} as const;

/** A 32-bit machine on a 64-bit kernel has to say so, as on a build daemon: configure scripts ask the kernel, not dpkg. */
export const personalityFor = (architecture: string): string | undefined => (architecture === 'i386' ? 'x86' : undefined);

/** Options of systemd-nspawn that every start shares; systemd-nspawn(1). */
export function nspawnOptions(options: NspawnOptions): string[] {
  return [
    `--directory=${options.folder}/root`,
    `--machine=${options.name}`,
    `--hostname=${options.hostname}`,
    '--quiet',
    '--register=no',
    '--keep-unit',
    `--console=${options.terminal === true ? 'interactive' : 'pipe'}`,
    '--timezone=off',
    '--link-journal=no',
    ...(options.personality === undefined ? [] : [`--personality=${options.personality}`]),
    `--drop-capability=${dropped[options.capabilities].join(',')}`,
    ...(options.network ? ['--resolv-conf=replace-host'] : ['--private-network', '--resolv-conf=off']),
  ];
}

/** The children of a process, as the kernel lists them; empty when it is gone. */
export async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text
    .split(' ')
    .filter((word) => word !== '')
    .map(Number);
}
