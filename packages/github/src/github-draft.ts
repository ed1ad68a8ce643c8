import { type Host, inertLine } from '@release-kit/action';
import { createDraft, removeTwin } from './draft-creation.ts';
import { mergedText } from './draft-text.ts';
import { isOnlyPlanned, planTwins, type SeenDraft } from './draft-twins.ts';
import type { RemoteRelease } from './github-answers.ts';
import type { GitHubClient } from './github-client.ts';
import { isUncertain } from './github-errors.ts';
import { lookAgain, ourDrafts } from './our-drafts.ts';
import type { PlannedRelease } from './release-store.ts';

type DraftHost = Pick<Host, 'log' | 'clock'>;

/** Our draft for the tag: found in the list (undefined: asked for), or made; its text and target as planned. */
export async function bringDraft(
  client: GitHubClient,
  release: PlannedRelease,
  host: DraftHost,
  list?: readonly RemoteRelease[],
): Promise<RemoteRelease> {
  const [oldest, ...twins] = ourDrafts(list ?? (await client.releases()), release.tag);
  if (oldest === undefined) return await createDraft(client, release, host);
  const found = twins.length === 0 ? oldest : await oneOf(client, [oldest, ...twins], release, host);
  host.log.info(`draft ${found.id} of ${release.tag} is there already and is completed`);
  return await bringUpToDate(client, found, release, host);
}

/** Of several that earlier runs left one is completed; the others go, unless they hold something of anybody. */
async function oneOf(
  client: GitHubClient,
  [oldest, ...twins]: readonly [RemoteRelease, ...RemoteRelease[]],
  release: PlannedRelease,
  host: DraftHost,
): Promise<RemoteRelease> {
  const seen = async (draft: RemoteRelease): Promise<SeenDraft> => ({ draft, assets: await client.assets(draft.id) });
  const { chosen, removed, kept } = planTwins([await seen(oldest), ...(await Promise.all(twins.map(seen)))], release);
  for (const twin of removed) {
    await removeTwin(client, twin, host, (assets) => isOnlyPlanned(assets, release));
    host.log.info(
      `draft ${twin.id} of ${release.tag} was another one of ours, with nothing that draft ${chosen.id} will not have: removed`,
    );
  }
  if (kept.length > 0) {
    const urls = kept.map(({ url }) => inertLine(url)).join(', ');
    host.log.warning(
      `${kept.length} more of our drafts of ${release.tag} were changed by hand or hold other files, and stay as they are: ${urls}`,
    );
  }
  return chosen;
}

/** What people changed stays; of a change that may have been made the draft itself tells. */
async function bringUpToDate(client: GitHubClient, found: RemoteRelease, release: PlannedRelease, host: DraftHost): Promise<RemoteRelease> {
  let now = found;
  for (let tries = 1; ; tries += 1) {
    const { tag, commit = now.commit, prerelease } = release;
    const { title, body, kept, current } = mergedText(now, release);
    if (tries === 1 && kept.length > 0)
      host.log.info(`the ${kept.join(' and the ')} of the draft were changed by hand and stay as they are`);
    if (current && now.tag === tag && now.prerelease === prerelease && now.commit === commit) return now;
    try {
      return await client.update(now.id, { tag, title, body, commit, prerelease });
    } catch (error) {
      if (!isUncertain(error) || tries > lookAgain.length) throw error;
      await host.clock.sleep(lookAgain[tries - 1] ?? 0);
      now = await client.release(now.id);
    }
  }
}
