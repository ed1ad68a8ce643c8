import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inertLine } from '@release-kit/action';
import { bootFailure } from './boot-failure.ts';
import { httpInMachine } from './http.ts';
import { childrenOf, launchArgv, nspawnOptions } from './launcher.ts';
import type { BootedMachine } from './machine.ts';
import { type Instance, launcherEnvironment } from './nspawn-machine.ts';
import { enter, runUnit } from './unit.ts';

/** Milliseconds. A machine boots in 1 to 4 s; emulated or on a busy runner it may take a minute. */
const defaultBootTimeout = 120_000;
const pollInterval = 100;
/** Milliseconds for an orderly power-off; a service that does not stop by then is killed with the machine. */
const powerOffTimeout = 10_000;
/** SIGRTMIN+4: systemd powers off; systemd(1), Signals. SIGRTMIN is 34 with glibc. */
const powerOffSignal = 34 + 4;

/** Starts systemd in an instance and waits until it has come up. E_MACHINE with the console's last lines when it does not. */
export async function bootMachine(
  instance: Instance,
  options: { readonly network?: boolean; readonly timeout?: number },
  ended: () => void,
): Promise<BootedMachine> {
  const system = startSystem(instance, options.network ?? false, ended);
  try {
    const deadline = Date.now() + (options.timeout ?? defaultBootTimeout);
    const leader = await leaderOf(instance, system, deadline);
    const state = await untilUp(instance, system, leader, deadline);
    return bootedMachine(instance, system, leader, state);
  } catch (error) {
    await system.kill();
    throw error;
  }
}

interface System {
  readonly pidFile: string;
  readonly consoleLog: string;
  /** How the container ended, once it has. */
  readonly over: Promise<void>;
  hasEnded(): boolean;
  kill(): Promise<void>;
}

function startSystem(instance: Instance, network: boolean, ended: () => void): System {
  const { host, folder, name, hostname, lowers, cgroups, personality } = instance;
  const pidFile = join(folder, 'boot.pid');
  const consoleLog = join(folder, 'console.log');
  const nspawn = [...nspawnOptions({ folder, name, hostname, personality, network, capabilities: 'booted' }), '--boot'];
  const killer = new AbortController();
  let isOver = false;
  const over = host
    .exec(launchArgv({ folder, lowers, cgroups, pidFile, nspawn }), {
      cwd: '/',
      env: launcherEnvironment,
      allow: 'any',
      logFile: consoleLog,
      signal: killer.signal,
    })
    .then(
      () => {},
      () => {},
    ) // killed, or never started: the console's log says why
    .finally(() => {
      isOver = true;
      ended();
    });
  return {
    pidFile,
    consoleLog,
    over,
    hasEnded: () => isOver,
    kill: () => {
      killer.abort();
      return over;
    },
  };
}

/** PID 1 of the container, as the host counts: the child of nspawn that is process 1 of a namespace below nspawn's own. */
async function leaderOf(instance: Instance, system: System, deadline: number): Promise<number> {
  for (;;) {
    const unshare = Number(await readFile(system.pidFile, 'utf8').catch(() => '')) || 0;
    for (const nspawn of unshare === 0 ? [] : await childrenOf(unshare)) {
      for (const child of await childrenOf(nspawn)) {
        if (isInit(await readFile(`/proc/${child}/status`, 'utf8').catch(() => ''))) return child;
      }
    }
    await stillStarting(instance, system, deadline);
  }
}

/** NSpid lists the process's numbers from the outermost namespace we see to its own: ours, the launcher's, the container's. */
export function isInit(status: string): boolean {
  const numbers = /^NSpid:\s*(.*)$/m.exec(status)?.[1]?.trim().split(/\s+/) ?? [];
  return numbers.length >= 3 && numbers.at(-1) === '1';
}

async function untilUp(instance: Instance, system: System, leader: number, deadline: number): Promise<string> {
  for (;;) {
    const { stdout } = await instance.host.exec(enter(leader, ['systemctl', 'is-system-running']), {
      cwd: '/',
      allow: 'any',
      timeout: 30_000,
    });
    const state = stdout.trim();
    if (state === 'running' || state === 'degraded') return state;
    instance.host.progress.update(`booting the machine: ${inertLine(state === '' ? 'starting' : state)}`);
    await stillStarting(instance, system, deadline);
  }
}

async function stillStarting({ host }: Instance, system: System, deadline: number): Promise<void> {
  host.signal.throwIfAborted(); // an interrupt ends the machine as well, and is the reason to tell
  if (!system.hasEnded() && Date.now() < deadline) {
    await sleep(pollInterval);
    return;
  }
  const console = await readFile(system.consoleLog, 'utf8').catch(() => '');
  throw bootFailure(system.hasEnded(), console.split('\n'));
}

function bootedMachine(instance: Instance, system: System, leader: number, state: string): BootedMachine {
  let count = 0;
  const end = async (signal: number | NodeJS.Signals): Promise<void> => {
    // Its number may be another process's by now.
    if (system.hasEnded()) return;
    signalProcess(leader, signal);
    const timer = new AbortController();
    await Promise.race([system.over, sleep(powerOffTimeout, undefined, { signal: timer.signal }).catch(() => {})]);
    timer.abort();
    await system.kill();
  };
  return {
    state,
    run: (argv, command = {}) => {
      count += 1;
      return runUnit(instance.host, { argv: (inside) => enter(leader, inside), env: {} }, `release-kit-${count}.service`, argv, command);
    },
    http: (url, timeoutMs, trust) => httpInMachine(instance.host, leader, url, timeoutMs, trust),
    // The kernel kills all others with PID 1, and nspawn ends in order, so that what they used is counted.
    cut: () => end('SIGKILL'),
    [Symbol.asyncDispose]: () => end(powerOffSignal),
  };
}

function signalProcess(pid: number, signal: number | NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
