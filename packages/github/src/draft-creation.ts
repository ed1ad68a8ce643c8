import type { Host } from '@release-kit/action';
import { newText } from './draft-text.ts';
import type { RemoteAsset, RemoteRelease } from './github-answers.ts';
import type { DraftFields, GitHubClient } from './github-client.ts';
import { isMissing, isUncertain } from './github-errors.ts';
import { lookAgain, ourDrafts } from './our-drafts.ts';
import type { PlannedRelease } from './release-store.ts';

type DraftHost = Pick<Host, 'log' | 'clock'>;

/** How often a draft is made when nobody can tell what became of the first one. */
const creations = 3;

/** Makes our draft, or takes the one that another run made at the same time. A reply that is lost is looked for before a second one is made. */
export async function createDraft(client: GitHubClient, release: PlannedRelease, host: DraftHost): Promise<RemoteRelease> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await oldest(client, await client.create(newFields(release)), release, host);
    } catch (error) {
      if (!isUncertain(error)) throw error;
      host.log.debug('what became of the draft is not known: looking for it');
      const made = await afterLostReply(client, release, host);
      if (made !== undefined) return made;
      if (tries >= creations) throw error;
    }
  }
}

/** When another run was faster, its draft (the lower id) is used and our empty twin removed. */
async function oldest(client: GitHubClient, created: RemoteRelease, { tag }: PlannedRelease, host: DraftHost): Promise<RemoteRelease> {
  for (const pause of [0, ...lookAgain]) {
    if (pause > 0) await host.clock.sleep(pause);
    const ours = ourDrafts(await client.releases(), tag);
    const [first] = ours;
    // A list that does not show ours yet would not show the other's either.
    if (first === undefined || !ours.some(({ id }) => id === created.id)) continue;
    if (first.id === created.id) return created;
    await removeTwin(client, created, host);
    return first;
  }
  return created;
}

/** All looks are taken: another run's draft may be seen before ours. Of two with the same text the empty younger one is nobody's. */
async function afterLostReply(client: GitHubClient, release: PlannedRelease, host: DraftHost): Promise<RemoteRelease | undefined> {
  const { title, body } = newFields(release);
  let ours: readonly RemoteRelease[] = [];
  for (const pause of lookAgain) {
    await host.clock.sleep(pause);
    ours = ourDrafts(await client.releases(), release.tag);
    if (ours.length > 1) break;
  }
  const [first, ...twins] = ours;
  for (const twin of twins) if (twin.title === title && twin.body === body) await removeTwin(client, twin, host);
  return first;
}

/** One that both runs remove, that holds what it must not (`may`: that it is empty), or that somebody published meanwhile, is no error. */
export async function removeTwin(
  client: GitHubClient,
  twin: RemoteRelease,
  host: DraftHost,
  may: (assets: readonly RemoteAsset[]) => boolean = (assets) => assets.length === 0,
): Promise<void> {
  for (const pause of [...lookAgain, undefined]) {
    try {
      if (may(await client.assets(twin.id)) && (await client.release(twin.id)).draft) await client.remove(twin.id);
      return;
    } catch (error) {
      if (isMissing(error)) return;
      if (!isUncertain(error)) throw error;
      if (pause !== undefined) await host.clock.sleep(pause);
    }
  }
  host.log.warning(`whether the twin of the draft is gone is not known: ${twin.url}`);
}

/** What a new draft says. */
export function newFields(release: PlannedRelease): DraftFields {
  const { tag, commit, prerelease } = release;
  return { tag, commit, prerelease, ...newText(release) };
}
