export { assetName, assetNames, namesToSign } from './asset-name.ts';
export { folderStore } from './folder-store.ts';
export { type GitHubTarget, githubStore } from './github-store.ts';
export { planRelease, type ReleaseDescription, type ReleaseFile } from './release-plan.ts';
export type { PlannedAsset, PlannedRelease, ReleaseStore, StoredRelease } from './release-store.ts';
