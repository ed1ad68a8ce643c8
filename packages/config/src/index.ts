export { architectureNames, parseArchitecture } from './architecture.ts';
export type {
  Config,
  FailLevel,
  FileCheck,
  HealthCheck,
  LintConfig,
  LintTool,
  MatrixChoice,
  MatrixConfig,
  MatrixInclude,
  PackageConfig,
  ServiceCheck,
  SmokeConfig,
  Strategy,
} from './config.ts';
export { configInput } from './config-input.ts';
export { effectiveText } from './effective-text.ts';
export { readStart } from './file-start.ts';
export { configFileNames, findConfig, loadConfig, readConfig, rootOf } from './load-config.ts';
export { configSchema } from './schema.ts';
