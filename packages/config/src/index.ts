export { architectureNames, parseArchitecture } from './architecture.ts';
export type { Config, FileCheck, HealthCheck, ServiceCheck, SmokeConfig } from './config.ts';
export { readStart } from './file-start.ts';
export { configFileNames, findConfig, loadConfig, readConfig, rootOf } from './load-config.ts';
export { configSchema } from './schema.ts';
