import { type Host, UserError } from '@release-kit/action';
import { createDockerMachine } from './docker-machine.ts';
import { type DockerState, probeDocker } from './docker-probe.ts';
import { findProgram } from './host-needs.ts';
import { hostnameOf } from './hostname.ts';
import type { BaseSystem, EngineName, Machine, MachineOptions } from './machine.ts';
import { createNspawnMachine } from './nspawn-machine.ts';

export interface EngineChoice {
  readonly engine: EngineName;
  /** Why this one, in words, for the log. */
  readonly reason: string;
}

/** Whether systemd-nspawn can run here; each lack has its own cure. */
export type NspawnState =
  | { readonly kind: 'ready' }
  | { readonly kind: 'not-installed' }
  | { readonly kind: 'refused'; readonly reason: string };

/** What this host has; `docker` is undefined where it need not be asked. */
export interface Abilities {
  readonly root: boolean;
  readonly nspawn: NspawnState;
  readonly docker: DockerState | undefined;
}

/**
 * Picks what runs the machines: what was asked for, else nspawn where it can run, else Docker. E_ENGINE when nothing can, or when
 * what was asked for cannot.
 */
export async function chooseEngine(host: Host, wanted: 'auto' | EngineName): Promise<EngineChoice> {
  const root = process.getuid?.() === 0;
  const nspawn = await probeNspawn(host);
  const asked = root && (wanted === 'docker' || (wanted === 'auto' && nspawn.kind !== 'ready'));
  return decideEngine(wanted, { root, nspawn, docker: asked ? await probeDocker(host) : undefined });
}

/** The rule behind `chooseEngine`. */
export function decideEngine(wanted: 'auto' | EngineName, { root, nspawn, docker }: Abilities): EngineChoice {
  if (!root) {
    throw new UserError('E_ENGINE', 'clean machines need root, and this is another user', { cure: 'Run with sudo.' });
  }
  switch (wanted) {
    case 'nspawn':
      if (nspawn.kind === 'ready') return { engine: 'nspawn', reason: 'it was asked for' };
      throw new UserError('E_ENGINE', lackOfNspawn(nspawn), { cure: cureOfNspawn(nspawn) });
    case 'docker':
      if (docker?.kind === 'ready') return { engine: 'docker', reason: 'it was asked for' };
      throw new UserError('E_ENGINE', lackOfDocker(docker), { cure: cureOfDocker(docker) });
    case 'auto':
      if (nspawn.kind === 'ready') return { engine: 'nspawn', reason: 'systemd-nspawn is installed, we are root, and it needs no daemon' };
      if (docker?.kind === 'ready')
        return { engine: 'docker', reason: `${lackOfNspawn(nspawn)}, and a Docker daemon (${docker.version}) answers` };
      throw new UserError('E_ENGINE', `${lackOfNspawn(nspawn)}, and ${lackOfDocker(docker)}`, { cure: cureOfNspawn(nspawn) });
  }
}

type Lacking<State extends { readonly kind: string }> = Exclude<State, { readonly kind: 'ready' }>;

function lackOfNspawn(state: Lacking<NspawnState>): string {
  switch (state.kind) {
    case 'not-installed':
      return 'systemd-nspawn is not installed';
    case 'refused':
      return `systemd-nspawn cannot run here: ${state.reason}`;
  }
}

function cureOfNspawn(state: Lacking<NspawnState>): string {
  switch (state.kind) {
    case 'not-installed':
      return 'Install the package systemd-container, or run setup-cross.';
    case 'refused':
      return 'Inside a container, give it a Docker daemon and the engine docker, or run outside of it.';
  }
}

function lackOfDocker(state: Lacking<DockerState> | undefined): string {
  switch (state?.kind) {
    case undefined:
    case 'no-client':
      return 'the docker client is not installed';
    case 'no-permission':
      return `the Docker daemon may not be used: ${state.reason}`;
    case 'no-answer':
      return `the Docker daemon does not answer: ${state.reason}`;
  }
}

function cureOfDocker(state: Lacking<DockerState> | undefined): string {
  switch (state?.kind) {
    case undefined:
    case 'no-client':
      return 'Install the package docker.io, or use the engine nspawn (or auto, which picks it).';
    case 'no-permission':
      return 'Run with sudo, or give this user access to the socket that DOCKER_HOST names.';
    case 'no-answer':
      return 'Start the daemon (systemctl start docker), correct DOCKER_HOST, or use the engine nspawn (or auto, which picks it).';
  }
}

/** Milliseconds; it takes a few. */
const probeTimeout = 20_000;

/** systemd-nspawn needs namespaces of its own, which most containers refuse. */
async function probeNspawn(host: Host): Promise<NspawnState> {
  if ((await findProgram('systemd-nspawn', process.env['PATH'])) === undefined) return { kind: 'not-installed' };
  // Whatever else is missing is told with the other tools.
  if ((await findProgram('unshare', process.env['PATH'])) === undefined) return { kind: 'ready' };
  const probe = ['unshare', '--mount', '--propagation', 'private', '--pid', '--fork', '--mount-proc', '--', '/bin/true'] as const;
  const { exitCode, stderr } = await host.exec(probe, { cwd: '/', allow: 'any', timeout: probeTimeout });
  return exitCode === 0 ? { kind: 'ready' } : { kind: 'refused', reason: stderr.trim().split('\n').at(-1) ?? '' };
}

/** A new instance of a base system. E_MACHINE when the engine cannot start it. */
export async function createMachine(host: Host, base: BaseSystem, engine: EngineName, options: MachineOptions = {}): Promise<Machine> {
  const hostname = hostnameOf(options);
  switch (engine) {
    case 'nspawn':
      return createNspawnMachine(host, base, { ...options, hostname });
    case 'docker':
      return createDockerMachine(host, base, { ...options, hostname });
  }
}
