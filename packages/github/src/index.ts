export type { PlannedAsset, PlannedRelease, ReleaseStore, StoredRelease } from './release-store.ts';
