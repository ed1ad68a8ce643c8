import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Host, inertLine, UserError } from '@release-kit/action';
import { docker, dockerWhole } from './docker-cli.ts';
import { type ContainerPlan, createArgs, type Lifeline, type Role, startContainer } from './docker-container.ts';
import { machineRepository, removeMachine } from './docker-leftovers.ts';
import { type LocalProcess, localProcess } from './docker-process.ts';

/** A running container of a machine. */
export interface Container {
  readonly name: string;
  readonly role: Role;
  readonly lifeline: Lifeline;
  /** PID 1 as this host counts; undefined when the daemon runs elsewhere. */
  readonly init: LocalProcess | undefined;
}

/** What a machine's file system lives in: one container at a time. A container of another role continues from what the last one left. */
export interface Vessel extends AsyncDisposable {
  /** The container of this role, running. E_MACHINE when the daemon cannot start it. */
  enter(role: Role): Promise<Container>;
  /** Ends all processes: at once, or after the time (milliseconds) that systemd has for an orderly power-off. The file system stays. */
  halt(orderly?: number): Promise<void>;
  /** The container that runs, or ran last. */
  current(): Container | undefined;
}

export interface VesselPlan
  extends Pick<ContainerPlan, 'machine' | 'hostname' | 'image' | 'platform' | 'limits' | 'openFiles' | 'personality'> {
  /** For the pipes that tie containers to this process. */
  readonly folder: string;
}

/** Milliseconds. Writing down what a large build has changed takes its time. */
const commitTimeout = 15 * 60_000;

/** `halting` is called while the container's counters can still be read. */
export function vesselOf(host: Host, plan: VesselPlan, halting: (container: Container) => Promise<void>): Vessel {
  let current: Container | undefined;
  let count = 0;

  const start = async (name: string, role: Role): Promise<Container> => {
    const lifeline = startContainer(host, name, join(plan.folder, `${name}.pipe`));
    await untilRunning(host, name, role, lifeline);
    return { name, role, lifeline, init: await localProcess(host, name) };
  };
  const create = async (role: Role, image: string): Promise<Container> => {
    for (const resource of role.kind === 'booted' && !refusesResource.has(host) ? [true, false] : [false]) {
      const name = `${plan.machine}.${count++}`;
      await dockerWhole(host, createArgs({ ...plan, name, image, role, resource }));
      try {
        return await start(name, role);
      } catch (error) {
        if (!resource || !(error instanceof UserError) || !/\bcaps\b|capabilit/.test(error.message)) throw error;
        host.log.debug(`Docker cannot give CAP_SYS_RESOURCE here: ${error.message}`);
        refusesResource.add(host);
        await dockerWhole(host, ['rm', '--force', '--volumes', name]);
      }
    }
    throw new UserError('E_MACHINE', 'Docker cannot start a machine');
  };
  const halt = async (orderly = 0): Promise<void> => {
    if (current === undefined || current.lifeline.hasEnded()) return;
    await halting(current);
    const { name, lifeline } = current;
    // Either signal may find that it has ended meanwhile. SIGRTMIN+4: systemd powers off; systemd(1), Signals.
    if (orderly > 0) {
      await dockerWhole(host, ['kill', '--signal=RTMIN+4', name], { allow: 'any' });
      const timer = new AbortController();
      await Promise.race([lifeline.over, sleep(orderly, undefined, { signal: timer.signal }).catch(() => {})]);
      timer.abort();
    }
    if (!lifeline.hasEnded()) await dockerWhole(host, ['kill', name], { allow: 'any' });
    await lifeline.over;
  };
  return {
    current: () => current,
    halt,
    async enter(role) {
      if (current !== undefined && isSame(current.role, role)) {
        if (current.lifeline.hasEnded()) current = await start(current.name, role);
        return current;
      }
      const before = current;
      await halt();
      const image = before === undefined ? plan.image : await commit(host, before.name);
      current = await create(role, image);
      if (before !== undefined) await dockerWhole(host, ['rm', '--force', '--volumes', before.name]);
      return current;
    },
    [Symbol.asyncDispose]: () => removeMachine(host, plan.machine),
  };
}

/** Hosts whose daemon lacks the capability itself. */
const refusesResource = new WeakSet<Host>();

const isSame = (a: Role, b: Role): boolean => a.kind === b.kind && (a.kind === 'plain' || b.kind === 'plain' || a.network === b.network);

async function commit(host: Host, container: string): Promise<string> {
  const image = `${machineRepository}:${container}`;
  // The container's labels become the image's.
  await dockerWhole(host, ['commit', container, image], { timeout: commitTimeout });
  return image;
}

async function untilRunning(host: Host, name: string, role: Role, lifeline: Lifeline): Promise<void> {
  if (role.kind === 'plain') await lifeline.spoke;
  else while (!lifeline.hasEnded() && !(await isRunning(host, name))) await sleep(20);
  if (!lifeline.hasEnded() || (role.kind === 'booted' && (await hasRun(host, name)))) return;
  host.signal.throwIfAborted();
  throw new UserError('E_MACHINE', `Docker cannot start a machine: ${lifeline.lastLines().map(inertLine).join(' / ')}`);
}

async function isRunning(host: Host, name: string): Promise<boolean> {
  return (await docker(host, ['container', 'inspect', '--format={{.State.Running}}', name])).stdout.trim() === 'true';
}

/** False when its PID 1 could not be started at all. */
async function hasRun(host: Host, name: string): Promise<boolean> {
  const { stdout } = await docker(host, ['container', 'inspect', '--format={{.State.Error}}', name]);
  return stdout.trim() === '';
}
