import { type Host, inertLine, UserError } from '@release-kit/action';
import type { RemoteAsset, RemoteRelease } from './github-answers.ts';
import type { GitHubClient } from './github-client.ts';
import { isMissing, isUncertain } from './github-errors.ts';
import { alreadyPublished, lookAgain } from './our-drafts.ts';
import type { PlannedAsset, PutOutcome } from './release-store.ts';

/** What is known of a draft's assets, by their names; looked up again whenever somebody cannot tell. */
export type KnownAssets = Map<string, RemoteAsset>;

export interface PutTarget {
  readonly client: GitHubClient;
  readonly draft: RemoteRelease;
  readonly known: KnownAssets;
  /** Names of what GitHub took in this run: a list that lacks them lags behind. */
  readonly sent: Set<string>;
}

/**
 * Brings one asset to the planned content. Compares with what is known before it writes, and looks again after whatever it cannot tell: a lost reply,
 * a name that is taken, half an upload. So nothing is sent twice that is there, and nothing stays half.
 */
export async function putAsset(
  target: PutTarget,
  asset: PlannedAsset,
  host: Pick<Host, 'log' | 'clock' | 'progress'>,
): Promise<PutOutcome> {
  const { client, draft, known, sent } = target;
  const outcome = known.has(asset.name) ? 'replaced' : 'uploaded';
  for (let tries = 0; ; tries += 1) {
    const there = known.get(asset.name);
    if (there !== undefined && isWhole(there, asset)) return tries === 0 ? 'kept' : outcome;
    try {
      if (there !== undefined) await makeRoom(target, there);
      known.delete(asset.name);
      sent.delete(asset.name);
      const arrived = await client.upload(draft, asset, (bytes) => host.progress.update(progressText(asset, bytes)));
      refuseOtherName(arrived, asset);
      known.set(asset.name, arrived);
      if (hasArrived(arrived, asset)) {
        sent.add(asset.name);
        return outcome;
      }
      if (tries >= lookAgain.length) throw notWhole(arrived, asset);
    } catch (error) {
      if (!canLookAgain(error)) throw error;
      // The draft was found again each time, so that it is not for want of a permission.
      if (tries >= lookAgain.length) throw isMissing(error) ? refused(asset, error) : error;
      host.log.debug(`what became of ${asset.name} is not known: looking for it`);
    }
    await host.clock.sleep(lookAgain[tries] ?? 0);
    await refresh(target);
  }
}

/** Removes what is in the way. Files take their time, so the draft is looked at once more: of what somebody published nothing is removed. */
async function makeRoom({ client, draft }: PutTarget, there: RemoteAsset): Promise<void> {
  const now = await orGone(client.release(draft.id), draft);
  if (!now.draft) throw alreadyPublished(now);
  await client.removeAsset(there.id);
}

/** Lists the assets of a draft anew. */
export async function refresh({ client, draft, known, sent }: PutTarget): Promise<void> {
  const assets = await orGone(client.assets(draft.id), draft);
  for (const name of [...known.keys()]) if (!sent.has(name)) known.delete(name);
  for (const asset of assets) known.set(asset.name, asset);
}

/** A draft that was seen a moment ago and cannot be found is no matter of permissions. E_GITHUB. */
export async function orGone<T>(asked: Promise<T>, { tag }: RemoteRelease): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new UserError('E_GITHUB', `the draft of ${inertLine(tag)} is gone: somebody removed it meanwhile`, {
      cause: error,
      cure: 'Run again: it is made anew.',
    });
  }
}

/** Seen by clients: 404 and "already exists" for uploads that are there all the same. */
function canLookAgain(error: unknown): boolean {
  return isUncertain(error) || isMissing(error) || (error instanceof UserError && error.code === 'E_ASSET_CONFLICT');
}

/** Without a digest (older GitHub Enterprise Server) equality cannot be known, so the asset is sent again. */
function isWhole(found: RemoteAsset, asset: PlannedAsset): boolean {
  return found.state === 'uploaded' && found.size === asset.size && found.sha256 === asset.sha256;
}

/** Of what was just sent, size and state are enough where there are no digests. */
function hasArrived(found: RemoteAsset, asset: PlannedAsset): boolean {
  return isWhole({ ...found, sha256: found.sha256 ?? asset.sha256 }, asset);
}

function refuseOtherName(arrived: RemoteAsset, { name }: PlannedAsset): void {
  if (arrived.name !== name) throw new UserError('E_NAME', `GitHub stored ${name} under another name: ${inertLine(arrived.name)}`);
}

function refused({ name }: PlannedAsset, error: unknown): UserError {
  return new UserError('E_GITHUB', `GitHub answers 404 to ${name} again and again, although the draft is there`, { cause: error });
}

function notWhole({ size, state }: RemoteAsset, asset: PlannedAsset): UserError {
  return new UserError('E_GITHUB', `${asset.name} did not arrive whole: ${size} of ${asset.size} bytes, state ${inertLine(state)}`);
}

function progressText({ name, size }: PlannedAsset, bytes: number): string {
  return `uploading ${name}: ${(bytes / 1e6).toFixed(1)} of ${(size / 1e6).toFixed(1)} MB`;
}
