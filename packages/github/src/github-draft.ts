import { type Host, inertLine, UserError } from '@release-kit/action';
import { isOurs, mergedText, newText } from './draft-text.ts';
import type { RemoteRelease } from './github-answers.ts';
import type { DraftFields, GitHubClient } from './github-client.ts';
import { isUncertain } from './github-errors.ts';
import { markOf } from './release-mark.ts';
import type { PlannedRelease } from './release-store.ts';

type DraftHost = Pick<Host, 'log' | 'clock'>;

/** Milliseconds before each further look: lists may lag behind what was written. */
export const lookAgain: readonly number[] = [1000, 2000, 4000, 8000];

/** How often a draft is made when nobody can tell what became of the first one. */
const creations = 3;

/** Our draft for the tag: found in the list (undefined: asked for), or made; its text and target as planned. */
export async function bringDraft(
  client: GitHubClient,
  release: PlannedRelease,
  host: DraftHost,
  list?: readonly RemoteRelease[],
): Promise<RemoteRelease> {
  const [found, ...twins] = ourDrafts(list ?? (await client.releases()), release.tag, host);
  if (found === undefined) return await create(client, release, host);
  if (twins.length > 0)
    host.log.warning(`${twins.length} more of our drafts of ${release.tag} stay as they are: ${twins.map(({ url }) => url).join(', ')}`);
  host.log.info(`draft ${found.id} of ${release.tag} is there already and is completed`);
  return await bringUpToDate(client, found, release, host);
}

/** Our drafts for the tag, oldest first. A published release in the way is E_RELEASE_EXISTS. */
export function ourDrafts(releases: readonly RemoteRelease[], tag: string, host: Pick<Host, 'log'>): readonly RemoteRelease[] {
  const same = releases.filter((release) => release.tag === tag || hasLostTag(release, tag));
  const published = same.find(({ draft }) => !draft);
  if (published !== undefined) throw alreadyPublished(published);
  const yanked = same.find(({ body }) => markOf(body) === 'yanked');
  if (yanked !== undefined) throw withdrawn(yanked);
  const ours = same.filter(({ body }) => isOurs(body, tag)).sort((a, b) => a.id - b.id);
  const foreign = same.filter((release) => !ours.includes(release));
  if (foreign.length > 0) {
    const count = foreign.length === 1 ? '1 other draft' : `${foreign.length} other drafts`;
    host.log.warning(`${count} of ${tag} not made by release-kit, left alone: ${foreign.map(({ url }) => url).join(', ')}`);
  }
  return ours;
}

/** Whoever changes a draft without saying its tag takes the tag away from it; our marker still tells which it was. */
function hasLostTag(release: RemoteRelease, tag: string): boolean {
  return release.draft && release.tag.startsWith('untagged-') && isOurs(release.body, tag);
}

export function alreadyPublished({ tag, url, immutable }: RemoteRelease): UserError {
  const frozen = immutable ? ', and can never be changed' : '';
  return new UserError('E_RELEASE_EXISTS', `${inertLine(tag)} is already published${frozen}: ${inertLine(url)}`);
}

/** Hidden, so it looks like a draft of ours; a late run of its workflow must not bring it out again. */
function withdrawn({ tag, url }: RemoteRelease): UserError {
  return new UserError('E_RELEASE_EXISTS', `${inertLine(tag)} was published and yanked: ${inertLine(url)}`, {
    cure: 'Choose another tag; or bring it out again as it was with mode restore.',
  });
}

/** A reply that is lost is looked for before a second draft is made. */
async function create(client: GitHubClient, release: PlannedRelease, host: DraftHost): Promise<RemoteRelease> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await oldest(client, await client.create(newFields(release)), release, host);
    } catch (error) {
      if (!isUncertain(error)) throw error;
      host.log.debug('what became of the draft is not known: looking for it');
      const made = await lookFor(client, release.tag, host, (ours) => ours[0]);
      if (made !== undefined) return made;
      if (tries >= creations) throw error;
    }
  }
}

/** When another run was faster, its draft (the lower id) is used and our empty twin removed. */
async function oldest(client: GitHubClient, created: RemoteRelease, { tag }: PlannedRelease, host: DraftHost): Promise<RemoteRelease> {
  // A list that does not show ours yet would not show the other's either.
  const first = await lookFor(client, tag, host, (ours) => (ours.some(({ id }) => id === created.id) ? ours[0] : undefined), true);
  if (first === undefined || first.id >= created.id) return created;
  try {
    if ((await client.assets(created.id)).length === 0) await client.remove(created.id);
  } catch (error) {
    if (!isUncertain(error)) throw error;
    host.log.debug('whether the empty twin of the draft is gone is not known');
  }
  return first;
}

async function lookFor(
  client: GitHubClient,
  tag: string,
  host: DraftHost,
  choose: (ours: readonly RemoteRelease[]) => RemoteRelease | undefined,
  atOnce = false,
): Promise<RemoteRelease | undefined> {
  for (const pause of atOnce ? [0, ...lookAgain] : lookAgain) {
    if (pause > 0) await host.clock.sleep(pause);
    const chosen = choose(ourDrafts(await client.releases(), tag, host));
    if (chosen !== undefined) return chosen;
  }
  return undefined;
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

/** What a new draft says. */
export function newFields(release: PlannedRelease): DraftFields {
  const { tag, commit, prerelease } = release;
  return { tag, commit, prerelease, ...newText(release) };
}
