export { assetName, assetNames, namesToSign } from './asset-name.ts';
export { attestationsOf, isWithoutAttestations, storeAttestation } from './attestations.ts';
export { type Channel, type ChannelRules, channelOf, isPrerelease, namedChannel, stableChannel } from './channel.ts';
export { type CheckAnnotation, type CheckReport, type ReportedCheck, reportCheck } from './check-run.ts';
export { notesOf } from './draft-text.ts';
export { folderCatalog } from './folder-catalog.ts';
export { folderStore } from './folder-store.ts';
export type { CommittedFile } from './git-data.ts';
export type { GitHubTarget } from './github-calls.ts';
export { githubCatalog } from './github-catalog.ts';
export { type PullRequest, pullRequestOf, runPageOf } from './github-event.ts';
export { githubStore } from './github-store.ts';
export { becomesLatest, greatestRelease, latestRelease } from './latest-release.ts';
export { type PublishedAsset, type PublishedRelease, type PublishedReleases, publishedReleases } from './published-releases.ts';
export { type MergeWays, type PullRequestText, pullRequestTextOf } from './pull-request-text.ts';
export { type AskedTitles, pullRequestTitles } from './pull-request-titles.ts';
export { maxPullRequestBody, type RemotePull } from './pull-requests.ts';
export { bannerSteps } from './release-banners.ts';
export type { KnownAsset, KnownRelease, ReleaseCatalog, ReleaseChange } from './release-catalog.ts';
export { type ReleaseStanding, releaseStanding } from './release-check.ts';
export { type ReleaseMark, unmarkedBody } from './release-mark.ts';
export { planRelease, type ReleaseDescription, type ReleaseFile } from './release-plan.ts';
export { type Pointer, type PointerKind, pointerKinds, pointersOf } from './release-pointer.ts';
export {
  bringReleaseRequest,
  type ClosedRequest,
  closeReleaseRequest,
  type ReleaseRequest,
  type RequestOutcome,
} from './release-request.ts';
export type { PlannedAsset, PlannedRelease, PutOutcome, ReleaseStore, StoredRelease } from './release-store.ts';
export { type ReleaseVersion, releaseVersion } from './release-version.ts';
export {
  type RequestScheduler,
  requestScheduler,
  type ScheduledRequest,
  type SchedulerCounts,
  type SchedulerLimits,
  schedulerOf,
  usualLimits,
} from './request-scheduler.ts';
export { planRollback, type RollbackPlan, type RollbackRequest, type RollbackStep } from './rollback-plan.ts';
export { type SarifOutcome, type SarifUpload, uploadSarif } from './sarif-upload.ts';
export { refuseMovedTag } from './tag-commit.ts';
export { ruleAgainst, type TagRule, tagRules } from './tag-rules.ts';
