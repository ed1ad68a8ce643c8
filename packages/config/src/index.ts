export { architectureNames, parseArchitecture } from './architecture.ts';
export type {
  AnnouncementConfig,
  AnnouncementForm,
  AnnouncementTemplate,
  BumpConfig,
  ChangelogConfig,
  ChangelogFiles,
  ChangelogLinks,
  ChangelogPackage,
  ChangelogSection,
  DebianChangelogConfig,
  DebianUrgency,
  VersionPart,
} from './changelog-config.ts';
export type {
  Config,
  FailLevel,
  LintConfig,
  LintTool,
  MatrixChoice,
  MatrixConfig,
  MatrixInclude,
  PackageConfig,
  Strategy,
} from './config.ts';
export { configInput } from './config-input.ts';
export { effectiveText } from './effective-text.ts';
export { readStart } from './file-start.ts';
export {
  type CommandQuestion,
  type FileQuestion,
  type HealthCheck,
  type HealthQuestion,
  type HttpQuestion,
  type LogQuestion,
  readExpression,
  type UnitQuestion,
} from './health-check.ts';
export { configFileNames, findConfig, loadConfig, nearestConfig, readConfig, readYaml, rootOf } from './load-config.ts';
export { aboveWords } from './package-above.ts';
export { parsePreviousRelease, previousForms, previousPattern, previousText } from './previous-release.ts';
export { configSchema } from './schema.ts';
export type {
  FigureLimits,
  FileCheck,
  PreviousRelease,
  ServiceCheck,
  SmokeAllowances,
  SmokeConfig,
} from './smoke-config.ts';
export type { YamlTree } from './yaml-tree.ts';
