import { type Host, UserError } from '@release-kit/action';
import { newFields } from './draft-creation.ts';
import type { RemoteAsset, RemoteRelease } from './github-answers.ts';
import { type KnownAssets, orGone, type PutTarget, putAsset, refresh } from './github-asset.ts';
import type { GitHubTarget } from './github-calls.ts';
import { type GitHubClient, githubClient } from './github-client.ts';
import { bringDraft } from './github-draft.ts';
import { refuseAboveLimits } from './github-limits.ts';
import { alreadyPublished, lookAgain, ourDrafts, tellOthers } from './our-drafts.ts';
import type { PlannedRelease, ReleaseStore, StoredRelease } from './release-store.ts';
import { refuseMovedTag } from './tag-commit.ts';

/**
 * Draft releases on GitHub. A draft is ours when its text carries our marker for the tag: get-by-tag never finds drafts,
 * and GitHub allows several for one tag. Drafts of others are reported and left alone. Nothing is ever published.
 */
export async function githubStore(host: Host, target: GitHubTarget): Promise<ReleaseStore & AsyncDisposable> {
  const client = await githubClient(host, target);
  const drafts = new Map<string, PutTarget>();
  /** What preflight saw is still so a moment later; it is used once. */
  let seen: readonly RemoteRelease[] | undefined;
  const targetOf = ({ id }: StoredRelease): PutTarget => {
    const draft = drafts.get(id);
    if (draft === undefined) throw new Error('put or read before draft');
    return draft;
  };
  return {
    async preflight(release) {
      refuseAboveLimits(release, newFields(release).body);
      seen = await client.releases();
      ourDrafts(seen, release.tag);
      tellOthers(seen, release.tag, host);
      if (release.commit !== undefined) refuseMovedTag(release.tag, await client.tagCommit(release.tag), release.commit);
    },
    async draft(release) {
      const list = seen;
      seen = undefined;
      const draft = await bringDraft(client, release, host, list);
      const known: KnownAssets = new Map();
      const here: PutTarget = { client, draft, known, sent: new Set() };
      // Also of one that was made just now: another run may have found it already.
      await refresh(here);
      await removeUnended(here, release);
      drafts.set(String(draft.id), here);
      return stored(draft, [...known.values()]);
    },
    put: async (draft, asset) => await putAsset(targetOf(draft), asset, host),
    async read(of) {
      const { draft, known } = targetOf(of);
      const now = await orGone(client.release(draft.id), draft);
      if (!now.draft) throw alreadyPublished(now);
      return stored(now, await listed(client, draft, known, host));
    },
    [Symbol.asyncDispose]: async () => drafts.clear(),
  };
}

/** Of an earlier run that wanted other files: uploads that never ended are nobody's. */
async function removeUnended({ client, known }: PutTarget, { assets }: PlannedRelease): Promise<void> {
  const planned = new Set(assets.map(({ name }) => name));
  for (const { id, name, state } of [...known.values()]) {
    if (state === 'uploaded' || planned.has(name)) continue;
    await client.removeAsset(id);
    known.delete(name);
  }
}

/** The assets, once the list shows all that we know to be there: it may lag behind. */
async function listed(
  client: GitHubClient,
  draft: RemoteRelease,
  known: KnownAssets,
  { clock }: Pick<Host, 'clock'>,
): Promise<readonly RemoteAsset[]> {
  for (const pause of [...lookAgain, 0]) {
    const assets = await client.assets(draft.id);
    const ids = new Set(assets.map(({ id, state }) => `${id} ${state}`));
    if (pause === 0 || [...known.values()].every(({ id, state }) => ids.has(`${id} ${state}`))) return assets;
    await clock.sleep(pause);
  }
  throw new UserError('E_GITHUB', 'the list of assets was not read');
}

function stored(draft: RemoteRelease, assets: readonly RemoteAsset[]): StoredRelease {
  const whole = assets.filter(({ state }) => state === 'uploaded');
  return {
    id: String(draft.id),
    url: draft.url,
    draft: draft.draft,
    assets: whole.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
  };
}
