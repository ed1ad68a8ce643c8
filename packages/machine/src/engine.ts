import { type Host, UserError } from '@release-kit/action';
import { findProgram } from './host-needs.ts';
import type { BaseSystem, EngineName, Machine } from './machine.ts';
import { createNspawnMachine } from './nspawn-machine.ts';

export interface EngineChoice {
  readonly engine: EngineName;
  /** Why this one, in words, for the log. */
  readonly reason: string;
}

/** Picks what runs the machines. E_ENGINE when nothing can, or when what was asked for cannot. */
export async function chooseEngine(_host: Host, wanted: 'auto' | EngineName): Promise<EngineChoice> {
  const nspawn = (await findProgram('systemd-nspawn', process.env['PATH'])) !== undefined;
  return decideEngine(wanted, { root: process.getuid?.() === 0, nspawn });
}

/** The rule behind `chooseEngine`. */
export function decideEngine(wanted: 'auto' | EngineName, has: { readonly root: boolean; readonly nspawn: boolean }): EngineChoice {
  if (wanted === 'docker') {
    throw new UserError('E_ENGINE', 'the engine docker is not there yet', { cure: 'Use the engine nspawn (or auto, which picks it).' });
  }
  if (!has.root) {
    throw new UserError('E_ENGINE', 'clean machines need root, and this is another user', { cure: 'Run with sudo.' });
  }
  if (!has.nspawn) {
    throw new UserError('E_ENGINE', 'systemd-nspawn is not installed', {
      cure: 'Install the package systemd-container, or run setup-cross.',
    });
  }
  return {
    engine: 'nspawn',
    reason: wanted === 'nspawn' ? 'it was asked for' : 'systemd-nspawn is installed, we are root, and it needs no daemon',
  };
}

/** A new instance of a base system. E_MACHINE when the engine cannot start it, E_ENGINE when there is no such engine. */
export async function createMachine(host: Host, base: BaseSystem, engine: EngineName): Promise<Machine> {
  switch (engine) {
    case 'nspawn':
      return createNspawnMachine(host, base);
    case 'docker':
      throw new UserError('E_ENGINE', 'the engine docker is not there yet', { cure: 'Use the engine nspawn.' });
  }
}
