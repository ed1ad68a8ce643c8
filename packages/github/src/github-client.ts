import { createReadStream } from 'node:fs';
import { type Host, UserError } from '@release-kit/action';
import { type RemoteAsset, type RemoteRelease, readAsset, readRelease } from './github-answers.ts';
import { type GitHubTarget, githubCalls } from './github-calls.ts';
import type { PlannedAsset } from './release-store.ts';

/** What is written to a draft. */
export interface DraftFields {
  readonly tag: string;
  readonly title: string;
  readonly body: string;
  readonly commit: string | undefined;
  readonly prerelease: boolean;
}

/** The few calls a release needs; each throws E_TOKEN, E_GITHUB, E_RELEASE_EXISTS or E_ASSET_CONFLICT. */
export interface GitHubClient {
  /** All pages. Drafts are in the list, but get-by-tag never returns them. */
  releases(): Promise<readonly RemoteRelease[]>;
  create(fields: DraftFields): Promise<RemoteRelease>;
  update(id: number, fields: DraftFields): Promise<RemoteRelease>;
  remove(id: number): Promise<void>;
  assets(id: number): Promise<readonly RemoteAsset[]>;
  upload(release: RemoteRelease, asset: PlannedAsset): Promise<RemoteAsset>;
  removeAsset(id: number): Promise<void>;
}

/** The calls of one repository; @actions/github is loaded when it is first needed. */
export async function githubClient(host: Host, target: GitHubTarget): Promise<GitHubClient> {
  const { repository } = target;
  const { at, call, pages } = await githubCalls(host, target, 'contents: write');
  return {
    releases: async () => (await pages(`listing the releases of ${repository}`, 'GET /repos/{owner}/{repo}/releases', at)).map(readRelease),
    create: async (fields) =>
      readRelease(await call('creating the draft', 'POST /repos/{owner}/{repo}/releases', { ...at, ...bodyOf(fields) })),
    // The tag is always sent along: a draft that is changed without it can lose it.
    update: async (id, fields) =>
      readRelease(
        await call('changing the draft', 'PATCH /repos/{owner}/{repo}/releases/{release_id}', { ...at, release_id: id, ...bodyOf(fields) }),
      ),
    remove: async (id) =>
      void (await call('removing an empty twin of the draft', 'DELETE /repos/{owner}/{repo}/releases/{release_id}', {
        ...at,
        release_id: id,
      })),
    assets: async (id) =>
      (await pages('listing the assets', 'GET /repos/{owner}/{repo}/releases/{release_id}/assets', { ...at, release_id: id })).map(
        readAsset,
      ),
    removeAsset: async (id) =>
      void (await call('removing an asset', 'DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}', { ...at, asset_id: id })),
    upload: async (release, asset) => {
      refuseForeignHost(host.github.apiUrl, release.uploadUrl);
      const answer = await call(`uploading ${asset.name}`, `POST ${release.uploadUrl}`, {
        name: asset.name,
        // Opened anew for each try, so that a repeated upload starts at its first byte.
        data: createReadStream(asset.file),
        headers: { 'content-type': asset.contentType, 'content-length': String(asset.size) },
        request: { duplex: 'half', signal: host.signal },
      });
      return readAsset(answer);
    },
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
