export { covers, parseSources, type SourceEntry } from './apt-sources.ts';
export {
  archiveOf,
  type IndexTarget,
  indexTargetFormat,
  isOwnArchive,
  mirrorListOf,
  parseIndexTargets,
  parseMirrors,
  probeUri,
} from './apt-sources-archives.ts';
export { type AddedEntry, addedFileName, addedSources, type EntryLimit, limitArchitectures } from './apt-sources-edit.ts';
export { needsAnother, planSources, type SourcesPlan, type SuiteProbe } from './apt-sources-plan.ts';
export { type Architecture, architectureOf, architectures } from './architecture.ts';
export { type BuildDependency, buildDependencies, crossProfiles } from './build-depends.ts';
export { type BuildSystem, buildSystemOf, type SourceTraits } from './build-system.ts';
export { type CrossCause, type CrossCauseName, crossCauseOf, unsatisfiableCause } from './cross-cause.ts';
export { conflictOf, solverAnswer } from './simulation.ts';
export {
  decideAtOnce,
  decideByAsking,
  type Satisfiable,
  type Strategy,
  type StrategyDecision,
  type StrategyFacts,
  type WantedStrategy,
} from './strategy.ts';
export { compilerPackages, crossRoot, type Emulator, isCross, type Toolchain } from './toolchain.ts';
export { cmakeToolchainFile, mesonCrossFile } from './toolchain-files.ts';
export { toolchainVariables, type Variables, variablesScript } from './toolchain-variables.ts';
