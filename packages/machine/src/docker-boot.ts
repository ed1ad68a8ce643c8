import { setTimeout as sleep } from 'node:timers/promises';
import { type Host, inertLine, UserError } from '@release-kit/action';
import { bootFailure } from './boot-failure.ts';
import { docker, dockerEnvironment } from './docker-cli.ts';
import type { Container, Vessel } from './docker-vessel.ts';
import { httpInMachine } from './http.ts';
import type { BootedMachine } from './machine.ts';
import { type Entrance, runUnit } from './unit.ts';

/** Milliseconds. A container boots in 2 to 4 s; emulated or on a busy runner it may take minutes. */
const defaultBootTimeout = 120_000;
const pollInterval = 100;
/** Milliseconds for an orderly power-off; a service that does not stop by then is killed with the container. */
const powerOffTimeout = 10_000;

/** Starts systemd in a container with the machine's file system. E_MACHINE with the last lines of its console when it does not come up. */
export async function bootContainer(
  host: Host,
  vessel: Vessel,
  options: { readonly network?: boolean; readonly timeout?: number },
  ended: () => void,
): Promise<BootedMachine> {
  const deadline = Date.now() + (options.timeout ?? defaultBootTimeout);
  try {
    const container = await vessel.enter({ kind: 'booted', network: options.network ?? false });
    container.lifeline.over.finally(ended);
    const state = await untilUp(host, container, deadline);
    return bootedContainer(host, vessel, container, state);
  } catch (error) {
    await vessel.halt();
    ended();
    throw error;
  }
}

async function untilUp(host: Host, container: Container, deadline: number): Promise<string> {
  for (;;) {
    const { stdout } = await docker(host, ['exec', container.name, 'systemctl', 'is-system-running'], { allow: 'any', timeout: 30_000 });
    const state = stdout.trim();
    if (state === 'running' || state === 'degraded') return state;
    host.progress.update(`booting the machine: ${inertLine(state === '' ? 'starting' : state)}`);
    host.signal.throwIfAborted();
    const { lifeline } = container;
    if (lifeline.hasEnded() || Date.now() >= deadline) throw bootFailure(lifeline.hasEnded(), lifeline.lastLines());
    await sleep(pollInterval);
  }
}

/** docker-exec(1) */
const dockerInput = { none: [], stdin: ['--interactive'], terminal: ['--interactive', '--tty'] } as const;

function bootedContainer(host: Host, vessel: Vessel, container: Container, state: string): BootedMachine {
  const entrance: Entrance = {
    argv: (inside, input) => ['docker', 'exec', ...dockerInput[input], container.name, ...inside],
    env: dockerEnvironment(host),
  };
  let count = 0;
  return {
    state,
    run: (argv, command = {}) => {
      count += 1;
      return runUnit(host, entrance, `release-kit-${count}.service`, argv, command);
    },
    http: async (url, timeoutMs, trust) => {
      if (container.init === undefined)
        throw new UserError('E_ENGINE', `${url} cannot be asked inside the machine: the Docker daemon runs on another host`, {
          cure: 'Use a daemon of this host, or the engine nspawn.',
        });
      return httpInMachine(host, container.init.pid, url, timeoutMs, trust);
    },
    cut: () => vessel.halt(),
    [Symbol.asyncDispose]: () => vessel.halt(powerOffTimeout),
  };
}
