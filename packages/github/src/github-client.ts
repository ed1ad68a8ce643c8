import { type Host, UserError } from '@release-kit/action';
import { contentOf } from './broken-answer.ts';
import { uploadFile } from './file-upload.ts';
import { type RemoteAsset, type RemoteRelease, readAsset, readRelease } from './github-answers.ts';
import { type GitHubTarget, githubCalls } from './github-calls.ts';
import { isMissing } from './github-errors.ts';
import type { PlannedAsset } from './release-store.ts';
import { tagCommit } from './tag-commit.ts';

/** What is written to a draft. */
export interface DraftFields {
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  readonly commit: string | undefined;
  readonly prerelease: boolean;
}

/** The few calls a release needs; each throws E_TOKEN, E_GITHUB, E_RATE, E_RELEASE_EXISTS or E_ASSET_CONFLICT. */
export interface GitHubClient {
  /** All pages. Drafts are in the list, but get-by-tag never returns them. */
  releases(): Promise<readonly RemoteRelease[]>;
  release(id: number): Promise<RemoteRelease>;
  create(fields: DraftFields): Promise<RemoteRelease>;
  update(id: number, fields: DraftFields): Promise<RemoteRelease>;
  remove(id: number): Promise<void>;
  /** All pages, with those that did not arrive whole. */
  assets(id: number): Promise<readonly RemoteAsset[]>;
  /** `progress` is told how many bytes are on their way. E_DIGEST when the file is no longer what was planned. */
  upload(release: RemoteRelease, asset: PlannedAsset, progress: (bytes: number) => void): Promise<RemoteAsset>;
  /** One that is gone already is no error. */
  removeAsset(id: number): Promise<void>;
  /** The commit that a tag names; undefined when there is no such tag. */
  tagCommit(tag: string): Promise<string | undefined>;
}

/** The slowest line that still gets an upload through, in bytes a millisecond; one that stands still ends much earlier. */
const slowest = 32;

/** The calls of one repository; @actions/github is loaded when it is first needed. */
export async function githubClient(host: Host, target: GitHubTarget): Promise<GitHubClient> {
  const { repository } = target;
  const calls = await githubCalls(host, target, 'contents: write');
  const { at, call, pages, send, scheduler } = calls;
  const { timeout, stall } = scheduler.limits;
  return {
    releases: async () => (await pages(`listing the releases of ${repository}`, 'GET /repos/{owner}/{repo}/releases', at)).map(readRelease),
    release: async (id) =>
      readRelease(await call('reading the draft', 'GET /repos/{owner}/{repo}/releases/{release_id}', { ...at, release_id: id })),
    create: async (fields) =>
      readRelease(await call('creating the draft', 'POST /repos/{owner}/{repo}/releases', { ...at, ...bodyOf(fields) })),
    // The tag is always sent along: a draft that is changed without it can lose it.
    update: async (id, fields) =>
      readRelease(
        await call('changing the draft', 'PATCH /repos/{owner}/{repo}/releases/{release_id}', { ...at, release_id: id, ...bodyOf(fields) }),
      ),
    remove: async (id) =>
      void (await call('removing a twin of the draft', 'DELETE /repos/{owner}/{repo}/releases/{release_id}', {
        ...at,
        release_id: id,
      })),
    assets: async (id) =>
      (await pages('listing the assets', 'GET /repos/{owner}/{repo}/releases/{release_id}/assets', { ...at, release_id: id })).map(
        readAsset,
      ),
    async removeAsset(id) {
      try {
        await call('removing an asset', 'DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}', { ...at, asset_id: id });
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    },
    upload: async (release, asset, progress) => {
      refuseForeignHost(host.github.apiUrl, release.uploadUrl);
      return await send({
        doing: `uploading ${asset.name}`,
        kind: 'change',
        timeout: timeout + stall + asset.size / slowest,
        send: async (ask, signal) =>
          readAsset(contentOf(await uploadFile(ask, release.uploadUrl, asset, { signal, stall, progress }), 'POST')),
      });
    },
    tagCommit: (tag) => tagCommit(calls, tag),
  };
}

function bodyOf({ tag, title, body, commit, prerelease }: DraftFields): Record<string, unknown> {
  return { tag_name: tag, name: title, body, draft: true, prerelease, ...(commit === undefined ? {} : { target_commitish: commit }) };
}

/** The token goes only to the API's own host or its uploads host: uploads.github.com for api.github.com. */
function refuseForeignHost(apiUrl: string, uploadUrl: string): void {
  const api = new URL(apiUrl);
  const upload = new URL(uploadUrl.replace(/\{.*$/, ''));
  const hosts = [api.host, api.host.replace(/^api\./, 'uploads.')];
  if (upload.protocol !== api.protocol || !hosts.includes(upload.host))
    throw new UserError('E_GITHUB', `GitHub names ${upload.origin} for uploads, which is not a host of ${api.origin}`);
}
