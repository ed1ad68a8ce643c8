import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Argv, CommandError, type ExecResult, type Host, UserError } from '@release-kit/action';
import { bootMachine } from './booted-machine.ts';
import { hostLimits, makeControlGroups, removeControlGroup } from './control-group.ts';
import { inScript, moveFolder, takeOut } from './copy.ts';
import { hostsText, usualHostname } from './hostname.ts';
import { commandScript, launchArgv, nspawnOptions, overlayRefused, personalityFor } from './launcher.ts';
import { instanceRecord } from './leftovers.ts';
import type { BaseSystem, Machine, MachineCommand, MachineOptions } from './machine.ts';
import { machineName } from './machine-name.ts';
import { isProven, noteProof } from './proof.ts';
import { readUse, trafficMeter } from './resource-use.ts';
import { turnsOfMachine } from './turns.ts';

/** An instance on disk: `lower`, `upper` and `work` of the overlay, `root` where it is mounted in each command's own namespace. */
export interface Instance {
  readonly host: Host;
  readonly folder: string;
  readonly name: string;
  readonly hostname: string;
  /** What the overlay is laid over, topmost first; none when `root` is a copy, because the overlay was refused. */
  readonly lowers: readonly string[];
  readonly cgroups: readonly string[];
  readonly personality: string | undefined;
}

/** A folder of the host that a command sees. */
interface Bind {
  readonly hostFolder: string;
  readonly machineFolder: string;
  readonly writable: boolean;
}

/**
 * Makes an instance, proven by running one program when it is the first of its base system on this host. Limits hold where this
 * process has control groups of its own. E_MACHINE when nspawn cannot start it.
 */
export async function createNspawnMachine(
  host: Host,
  base: BaseSystem,
  { hostname = usualHostname, limits }: MachineOptions = {},
): Promise<Machine> {
  await using stack = new AsyncDisposableStack();
  const { path: folder } = stack.use(await host.files.temporary('machine'));
  const name = machineName();
  const cgroups = await makeControlGroups(name, { ...(await hostLimits()), ...limits });
  stack.defer(async () => {
    for (const cgroup of cgroups) await removeControlGroup(cgroup);
  });
  await writeFile(join(folder, instanceRecord.file), instanceRecord.text(cgroups));
  for (const part of ['lower', 'upper', 'work', 'root']) await mkdir(join(folder, part), { mode: 0o755 });
  const personality = personalityFor(base.request.architecture);
  const lowers = [...base.layers, base.root];
  const instance = await provenInstance({ host, folder, name, hostname, lowers, cgroups, personality }, base);
  if (hostname !== usualHostname) await giveName(instance);
  const turns = turnsOfMachine();
  const network = trafficMeter();
  const kept = stack.move();
  return {
    engine: 'nspawn',
    run: (argv, command = {}) =>
      turns.next(() =>
        command.network === true ? network.measure(() => runOnce(instance, argv, command)) : runOnce(instance, argv, command),
      ),
    copyIn: (hostFolder, machineFolder, owner) =>
      turns.next(async () => {
        const seen = { hostFolder, machineFolder: '/run/release-kit/in', writable: false };
        await runOnce(
          instance,
          ['/bin/sh', '-c', inScript, 'copy-in', machineFolder, owner ?? '', seen.machineFolder],
          {
            errorCode: 'E_MACHINE',
            failure: `files could not be copied into ${machineFolder} of the machine`,
          },
          [seen],
        );
      }),
    copyOut: (machineFolder, hostFolder) =>
      turns.next(() =>
        takeOut(host, hostFolder, machineFolder, async (argv, staging, seenAs) => {
          await runOnce(instance, argv, { errorCode: 'E_MACHINE', failure: `${machineFolder} could not be copied out of the machine` }, [
            { hostFolder: staging, machineFolder: seenAs, writable: true },
          ]);
        }),
      ),
    boot: (options = {}) => turns.boot((ended) => bootMachine(instance, options, ended)),
    takeLayer: (target) =>
      turns.take(async () => {
        const kind = instance.lowers.length === 0 ? 'root' : 'changes';
        await moveFolder(host, join(folder, kind === 'root' ? 'root' : 'upper'), target);
        return kind;
      }),
    usage: () => readUse(instance.cgroups, network.total()),
    [Symbol.asyncDispose]: () => turns.dispose(() => kept.disposeAsync()),
  };
}

/** Written in the machine, because the root may be a stranger's, whose /etc may be a link. */
async function giveName(instance: Instance): Promise<void> {
  const script = 'printf "%s\\n" "$1" > /etc/hostname; printf "%s" "$2" > /etc/hosts';
  await runOnce(instance, ['/bin/sh', '-ec', script, 'give-name', instance.hostname, hostsText(instance.hostname)], {
    errorCode: 'E_MACHINE',
    failure: 'the machine could not be given its host name',
  });
}

async function provenInstance(instance: Instance, base: BaseSystem): Promise<Instance> {
  if (await isProven(base.root, instance.folder)) return instance;
  try {
    await runOnce(instance, ['/bin/true'], { timeout: 60_000 });
    await noteProof(base.root, instance.folder);
    return instance;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (error.failure.exitCode !== overlayRefused)
      throw new UserError('E_MACHINE', `systemd-nspawn cannot start a machine: ${error.failure.lastLines.join(' / ')}`, { cause: error });
  }
  const { host, folder, lowers } = instance;
  const [root, ...layers] = lowers.toReversed();
  if (root === undefined || layers.length > 0)
    throw new UserError('E_MACHINE', 'the kernel refuses an overlay here, and this base system has layers, which need one');
  host.log.warning('The kernel refuses an overlay here; the base system is copied, which takes longer.');
  await host.exec(['cp', '-a', '--reflink=auto', '--', `${root}/.`, join(folder, 'root')], { cwd: '/' });
  const copy = { ...instance, lowers: [] };
  await runOnce(copy, ['/bin/true'], { timeout: 60_000, errorCode: 'E_MACHINE', failure: 'systemd-nspawn cannot start a machine' });
  return copy;
}

function runOnce(instance: Instance, argv: Argv, command: MachineCommand, binds: readonly Bind[] = []): Promise<ExecResult> {
  const { cwd, env, user, network, ...options } = command;
  const nspawn = [
    ...nspawnOptions({
      folder: instance.folder,
      name: instance.name,
      hostname: instance.hostname,
      personality: instance.personality,
      network: network ?? false,
      capabilities: 'plain',
      terminal: options.terminal === true,
    }),
    '--as-pid2',
    `--user=${user ?? 'root'}`,
    `--chdir=${cwd ?? '/'}`,
    ...Object.entries({ ...defaultEnvironment, ...(network === true ? proxiesOf(instance.host) : {}), ...env }).map(
      ([key, value]) => `--setenv=${key}=${value}`,
    ),
    ...binds.map(bindOption),
    '--',
    '/bin/sh',
    '-c',
    commandScript,
    'release-kit-command',
    ...argv,
  ];
  const launch = { folder: instance.folder, lowers: instance.lowers, cgroups: instance.cgroups, pidFile: undefined, nspawn };
  return instance.host.exec(launchArgv(launch), {
    failure: `${argv[0]} did not end well in the machine`,
    ...options,
    cwd: '/',
    env: launcherEnvironment,
  });
}

/**
 * nspawn would put a small file system in memory on /tmp, where builds need room; and it would show machines the control groups as
 * the host has them, of which systemd since 258 (Ubuntu 26.04, Debian sid) boots with version 2 only; systemd-nspawn(1).
 */
export const launcherEnvironment = { SYSTEMD_NSPAWN_TMPFS_TMP: '0', SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1' } as const;

/** What every command of a machine gets, as on a build daemon. */
export const defaultEnvironment = { LC_ALL: 'C.UTF-8', TZ: 'UTC', TERM: 'dumb', DEBIAN_FRONTEND: 'noninteractive' } as const;

/** Where a site reaches the archive through a proxy, the machine does as well. */
export function proxiesOf(host: Pick<Host, 'env'>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of ['http_proxy', 'https_proxy', 'no_proxy']) {
    const value = host.env(name) ?? host.env(name.toUpperCase());
    if (value !== undefined) found[name] = value;
  }
  return found;
}

/** Option of systemd-nspawn(1), which splits its argument at colons. */
export function bindOption(bind: Bind): string {
  const escaped = bind.hostFolder.replace(/[\\:]/g, (character) => `\\${character}`);
  return `--bind${bind.writable ? '' : '-ro'}=${escaped}:${bind.machineFolder}`;
}
