import type { Host } from '@release-kit/action';
import { dockerEnvironment } from './docker-cli.ts';
import { machineLabel, placeLabel, thisPlace } from './docker-leftovers.ts';
import type { MachineLimits } from './machine.ts';

/** What a container is for: commands by `docker exec`, or systemd as PID 1. */
export type Role = { readonly kind: 'plain' } | { readonly kind: 'booted'; readonly network: boolean };

export interface ContainerPlan {
  readonly name: string;
  readonly machine: string;
  readonly hostname: string;
  readonly image: string;
  /** As `platformName` gives it. */
  readonly platform: string;
  readonly role: Role;
  readonly limits: MachineLimits;
  /** As `personalityArgs` gives it. */
  readonly personality: readonly string[];
  /** Most open files that a process may ask for. */
  readonly openFiles: number;
  /** Whether this host's daemon can give CAP_SYS_RESOURCE, which some virtual machines lack. */
  readonly resource: boolean;
}

/**
 * PID 1 of a plain container: says that it is up, collects orphans, and ends when its standard input does, which is when this
 * process ends, whatever the reason. Perl is in the minimum of Debian and can have the kernel collect them (`trap '' CHLD` of
 * dash makes `read` end with the first orphan).
 */
const plainScript = [
  'perl=/usr/bin/perl',
  `if [ -x "$perl" ]; then exec "$perl" -e '$SIG{CHLD} = "IGNORE"; $| = 1; print "up\\n"; do { $! = 0; $n = sysread STDIN, $_, 1 } while !defined $n && $! == 4;'; fi`,
  'echo up',
  'read -r _',
].join('\n');

/**
 * PID 1 of a booted container becomes the machine's init. Beside it waits a process for the end of standard input, to have it
 * power off at once: SIGRTMIN+14, systemd(1). The unified hierarchy is mounted read only unless a container is privileged; where the
 * host has the older one as well, the container's own part of the unified one is laid over it, which systemd 258 and later insist on.
 * Only the root of all groups has no file cgroup.type: that is the host's, and not for a machine to manage.
 * $@: what the init is started with.
 */
const bootScript = [
  'exec 3<&0 </dev/null',
  '(read -r _ <&3; kill -48 1) &',
  'exec 3<&-',
  'cgroups=/sys/fs/cgroup; options=nosuid,nodev,noexec',
  'if [ "$(stat -f -c %T "$cgroups")" = cgroup2fs ]; then mount -o "remount,rw,$options" "$cgroups"',
  'elif mount -t cgroup2 -o "$options" cgroup2 "$cgroups"; then [ -e "$cgroups/cgroup.type" ] || umount "$cgroups"; fi',
  'for init in /sbin/init /lib/systemd/systemd /usr/lib/systemd/systemd; do if [ -x "$init" ]; then exec "$@" "$init"; fi; done',
  'echo "there is no init in this machine" >&2',
  'exit 69',
].join('\n');

/** Besides the daemon's default, which has no capability that reaches beyond the container; what systemd-nspawn gives as well. */
const bootedCapabilities = ['DAC_READ_SEARCH', 'IPC_OWNER', 'LEASE', 'SYS_ADMIN', 'SYS_BOOT', 'SYS_NICE', 'SYS_PTRACE'];

/** Arguments of the docker client that make a container; docker-create(1). */
export function createArgs(plan: ContainerPlan): string[] {
  const { name, machine, hostname, image, platform, role, limits, openFiles, resource, personality } = plan;
  return [
    'create',
    `--name=${name}`,
    `--label=${machineLabel}=${machine}`,
    `--label=${placeLabel}=${thisPlace()}`,
    `--platform=${platform}`,
    '--pull=never',
    '--interactive',
    '--log-driver=none',
    `--hostname=${hostname}`,
    `--add-host=${hostname}:127.0.1.1`,
    '--user=root',
    '--workdir=/',
    '--no-healthcheck',
    '--cgroupns=private',
    `--pids-limit=${limits.tasks}`,
    `--memory=${limits.memory}`,
    `--ulimit=nofile=1024:${openFiles}`,
    '--shm-size=1g',
    '--cap-drop=MKNOD',
    ...roleArgs(role, resource),
    '--entrypoint=/bin/sh',
    image,
    '-c',
    ...(role.kind === 'plain' ? [plainScript] : [bootScript, 'release-kit-init', ...personality]),
  ];
}

function roleArgs(role: Role, resource: boolean): string[] {
  switch (role.kind) {
    case 'plain':
      // The network is connected for the commands that ask for it.
      return ['--network=none', '--tmpfs=/run:exec,mode=755'];
    case 'booted':
      return [
        `--network=${role.network ? 'bridge' : 'none'}`,
        '--tmpfs=/run:exec,mode=755',
        '--tmpfs=/run/lock',
        '--env=container=docker',
        // The profile of Docker for AppArmor allows no mount, and systemd's units have their own.
        '--security-opt=apparmor=unconfined',
        ...[...bootedCapabilities, ...(resource ? ['SYS_RESOURCE'] : [])].map((capability) => `--cap-add=${capability}`),
      ];
  }
}

/** A running container whose PID 1 ends when this process does. */
export interface Lifeline {
  /** The first line that PID 1 said, or the end. */
  readonly spoke: Promise<void>;
  /** Never rejects. */
  readonly over: Promise<void>;
  hasEnded(): boolean;
  /** The last lines that the container's PID 1, or the client, said. */
  lastLines(): readonly string[];
}

/**
 * $1: the process that must be our parent; $2: container; $3: a pipe to make. The client holds both ends of the pipe, so it
 * never ends before the client does; then the daemon closes the container's standard input.
 */
const lifelineScript = [
  '[ "$PPID" = "$1" ] || exit 70',
  '[ -p "$3" ] || mkfifo -m 600 -- "$3"',
  'exec docker start --attach --interactive "$2" <>"$3"',
].join('\n');

/** Starts a container. It is ended through the daemon (`docker kill`), for the client would pass a signal on and stay. */
export function startContainer(host: Host, name: string, pipe: string): Lifeline {
  const lines: string[] = [];
  let isOver = false;
  let speak = (): void => {};
  const spoke = new Promise<void>((resolve) => {
    speak = resolve;
  });
  const argv = [
    'setpriv',
    '--pdeathsig',
    'KILL',
    '/bin/sh',
    '-c',
    lifelineScript,
    'release-kit-lifeline',
    String(process.pid),
    name,
    pipe,
  ] as const;
  const over = host
    .exec(argv, {
      cwd: '/',
      env: dockerEnvironment(host),
      allow: 'any',
      keep: false,
      uninterrupted: true,
      onLine: (line) => {
        lines.push(line);
        if (lines.length > 30) lines.shift();
        speak();
      },
    })
    .then(
      () => {},
      () => {}, // never started: what it said tells why
    )
    .finally(() => {
      isOver = true;
      speak();
    });
  return { spoke, over, hasEnded: () => isOver, lastLines: () => lines };
}
