export type { BaseRequest, BaseSystem, BootedMachine, EngineName, Machine, MachineCommand } from './machine.ts';
