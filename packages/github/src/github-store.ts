import { type Host, inertLine, UserError } from '@release-kit/action';
import type { RemoteAsset, RemoteRelease } from './github-answers.ts';
import type { GitHubTarget } from './github-calls.ts';
import { type DraftFields, type GitHubClient, githubClient } from './github-client.ts';
import { refuseAboveLimits } from './github-limits.ts';
import type { PlannedAsset, PlannedRelease, ReleaseStore, StoredRelease } from './release-store.ts';

/**
 * Draft releases on GitHub. A draft is ours when its text carries our marker for the tag: get-by-tag never finds drafts,
 * and GitHub allows several for one tag. Drafts of others are reported and left alone. Nothing is ever published.
 */
export async function githubStore(host: Host, target: GitHubTarget): Promise<ReleaseStore & AsyncDisposable> {
  const client = await githubClient(host, target);
  const drafts = new Map<string, RemoteRelease>();
  return {
    async preflight(release) {
      const fields = fieldsOf(release);
      refuseAboveLimits(release, fields.body);
      findOurs(await client.releases(), fields, host);
    },
    async draft(release) {
      const draft = await findOrCreate(client, fieldsOf(release), host);
      drafts.set(String(draft.id), draft);
      return stored(draft, await client.assets(draft.id));
    },
    async put({ id }, asset) {
      const draft = drafts.get(id);
      if (draft === undefined) throw new Error('put before draft');
      return putAsset(client, draft, asset);
    },
    async read({ id }) {
      const draft = drafts.get(id);
      if (draft === undefined) throw new Error('read before draft');
      return stored(draft, await client.assets(draft.id));
    },
    [Symbol.asyncDispose]: async () => drafts.clear(),
  };
}

/** Seen only in the text's source. The tag is strict, so it cannot end the comment. */
const markerOf = (tag: string): string => `<!-- release-kit draft of ${tag} -->`;

function fieldsOf({ tag, title, notes, commit, prerelease }: PlannedRelease): DraftFields {
  const marker = markerOf(tag);
  return { tag, title, body: notes === '' ? marker : `${notes}\n\n${marker}`, commit, prerelease };
}

/** Our drafts for the tag, oldest first. A published release in the way is E_RELEASE_EXISTS. */
function findOurs(releases: readonly RemoteRelease[], { tag }: DraftFields, host: Host): readonly RemoteRelease[] {
  const same = releases.filter((release) => release.tag === tag);
  const published = same.find(({ draft }) => !draft);
  if (published !== undefined) throw new UserError('E_RELEASE_EXISTS', `${tag} is already published: ${inertLine(published.url)}`);
  const ours = same.filter(({ body }) => body.includes(markerOf(tag))).sort((a, b) => a.id - b.id);
  const foreign = same.filter((release) => !ours.includes(release));
  if (foreign.length > 0) {
    const count = foreign.length === 1 ? '1 other draft' : `${foreign.length} other drafts`;
    host.log.warning(`${count} of ${tag} not made by release-kit, left alone: ${foreign.map(({ url }) => url).join(', ')}`);
  }
  return ours;
}

async function findOrCreate(client: GitHubClient, fields: DraftFields, host: Host): Promise<RemoteRelease> {
  const [found, ...twins] = findOurs(await client.releases(), fields, host);
  if (found === undefined) return create(client, fields, host);
  if (twins.length > 0)
    host.log.warning(`${twins.length} more of our drafts of ${fields.tag} stay as they are: ${twins.map(({ url }) => url).join(', ')}`);
  host.log.info(`draft ${found.id} of ${fields.tag} is there already and is completed`);
  return upToDate(found, fields) ? found : client.update(found.id, fields);
}

/** Lists again after creating: when another run was faster, its draft (the lower id) is used and our empty twin removed. */
async function create(client: GitHubClient, fields: DraftFields, host: Host): Promise<RemoteRelease> {
  const created = await client.create(fields);
  const [first] = findOurs(await client.releases(), fields, host);
  if (first === undefined || first.id >= created.id) return created;
  if ((await client.assets(created.id)).length === 0) await client.remove(created.id);
  return first;
}

function upToDate(found: RemoteRelease, { title, body, prerelease, commit }: DraftFields): boolean {
  return (
    found.title === title &&
    found.body.replace(/\r\n/g, '\n') === body &&
    found.prerelease === prerelease &&
    (commit === undefined || found.commit === commit)
  );
}

/** Lists before it writes, so that repeating it after any fault does no harm. */
async function putAsset(client: GitHubClient, draft: RemoteRelease, asset: PlannedAsset): Promise<'uploaded' | 'kept' | 'replaced'> {
  const before = (await client.assets(draft.id)).find(({ name }) => name === asset.name);
  if (before !== undefined && isWhole(before, asset)) return 'kept';
  if (before !== undefined) await client.removeAsset(before.id);
  const after = await client.upload(draft, asset);
  if (after.name !== asset.name) throw new UserError('E_NAME', `GitHub stored ${asset.name} under another name: ${inertLine(after.name)}`);
  if (after.state !== 'uploaded' || after.size !== asset.size || (after.sha256 !== undefined && after.sha256 !== asset.sha256)) {
    throw new UserError(
      'E_GITHUB',
      `${asset.name} did not arrive whole: ${after.size} of ${asset.size} bytes, state ${inertLine(after.state)}`,
    );
  }
  return before === undefined ? 'uploaded' : 'replaced';
}

/** Without a digest (older GitHub Enterprise Server) equality cannot be known, so the asset is sent again. */
function isWhole(found: RemoteAsset, asset: PlannedAsset): boolean {
  return found.state === 'uploaded' && found.size === asset.size && found.sha256 === asset.sha256;
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
