export type { Answer } from './answer.ts';
export type { FakeAttestation } from './attestations.ts';
export { type Call, countsOf, writesOf } from './call.ts';
export type { FakeCheckRun } from './check-runs.ts';
export type { FakeSarif } from './code-scanning.ts';
export {
  type Fault,
  type FaultScript,
  faultScript,
  knownFaults,
  knownUploadFaults,
  type ScriptedFault,
  type SeededFaults,
  scriptOf,
} from './fault-script.ts';
export type { FakeCommit, FakeGitData } from './git-data.ts';
export { type Claims, type OidcIssuer, type OidcOptions, startOidcIssuer } from './oidc-issuer.ts';
export type { FakePull, FakePulls } from './pull-requests.ts';
export { documentedLimits, type Limits, type SecondaryLimits } from './rate-limits.ts';
export { annotate } from './reference-routes.ts';
export { type FakeAsset, type FakeRelease, releaseLimits, storedName } from './releases.ts';
export type { FakeSettings, FakeTagObject, RepositoryState } from './repository-state.ts';
export type { FakeRuleset } from './ruleset-routes.ts';
export { type FakeGitHub, type FakeGitHubOptions, startFakeGitHub } from './server.ts';
export type { Level, TokenGrant } from './token-access.ts';
