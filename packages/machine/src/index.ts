export { type Distribution, parseDistribution } from '@release-kit/debian';
export { basePackages } from './base-packages.ts';
export { prepareBase } from './base-system.ts';
export { type Ability, canRun, ownArchitecture, prepareEmulation } from './emulation.ts';
export { chooseEngine, createMachine, type EngineChoice } from './engine.ts';
export { findProgram, type HostNeed, hostNeeds, missingTools } from './host-needs.ts';
export { sweepLeftovers } from './leftovers.ts';
export type { BaseRequest, BaseSystem, BootedMachine, EngineName, HttpAnswer, Machine, MachineCommand } from './machine.ts';
export type { ResourceUse } from './resource-use.ts';
