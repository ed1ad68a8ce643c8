export { type Architecture, architectureOf, architectures, hostArchitecture } from './architecture.ts';
export { type BuildDependency, buildDependencies, crossProfiles } from './build-depends.ts';
export { type BuildSystem, buildSystemOf, type SourceTraits } from './build-system.ts';
export { type CrossCause, type CrossCauseName, crossCauseOf, unsatisfiableCause } from './cross-cause.ts';
export {
  decideAtOnce,
  decideByAsking,
  type Satisfiable,
  type Strategy,
  type StrategyDecision,
  type StrategyFacts,
  type WantedStrategy,
} from './strategy.ts';
