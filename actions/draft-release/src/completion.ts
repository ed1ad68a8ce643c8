import { type Host, pool } from '@release-kit/action';
import type { PlannedAsset, PlannedRelease, ReleaseStore, StoredRelease } from '@release-kit/github';
import { compareWithPlan } from './comparison.ts';
import { inTurns } from './upload-order.ts';

/** More to one release at a time make GitHub's servers fail. */
const uploadsAtATime = 2;

/** Brings the draft to the plan, lists it again and compares; throws what the store throws, E_ASSET_CONFLICT, E_DIGEST. */
export async function bringToPlan(store: ReleaseStore, release: PlannedRelease, host: Host): Promise<StoredRelease> {
  const draft = await store.draft(release);
  const counts = { uploaded: 0, kept: 0, replaced: 0 };
  const storeOne = async (asset: PlannedAsset): Promise<void> => {
    host.signal.throwIfAborted();
    host.progress.update(`storing ${asset.name}`);
    const outcome = await store.put(draft, asset);
    counts[outcome] += 1;
    host.log.debug(`${asset.name}: ${outcome}`);
  };
  const next = inTurns(release.assets, storeOne);
  await pool(release.assets, () => next(), uploadsAtATime);
  host.log.info(`${counts.uploaded} uploaded, ${counts.kept} kept, ${counts.replaced} replaced`);
  const listed = await store.read(draft);
  compareWithPlan(listed, release);
  return listed;
}
