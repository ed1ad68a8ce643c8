export { type Distribution, parseDistribution } from '@release-kit/debian';
export { basePackages } from './base-packages.ts';
export { prepareBase } from './base-system.ts';
export { type Ability, canRun, ownArchitecture, prepareEmulation } from './emulation.ts';
export { chooseEngine, createMachine, type EngineChoice } from './engine.ts';
export { findProgram, type HostNeed, hostNeeds, missingTools } from './host-needs.ts';
export type { Certificate, HttpAnswer, HttpTrust } from './http-answer.ts';
export { type LayerRequest, prepareLayer } from './layer.ts';
export { sweepLeftovers } from './leftovers.ts';
export type {
  BaseRequest,
  BaseSystem,
  BootedMachine,
  EngineName,
  Machine,
  MachineCommand,
  MachineLimits,
  MachineOptions,
} from './machine.ts';
export { imageInput, machineInputs } from './machine-inputs.ts';
export { proxiesOf } from './nspawn-machine.ts';
export type { ResourceUse } from './resource-use.ts';
export { copyTree, type LeftOut } from './source-copy.ts';
export { prepareToolLayer } from './tool-layer.ts';
