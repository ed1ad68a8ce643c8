import { createHash } from 'node:crypto';
import { userBody } from './repository-body.ts';

export interface FakeAsset {
  readonly id: number;
  readonly name: string;
  readonly label: string | null;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** `starter`: an upload that never ended left it behind. */
  readonly state: 'uploaded' | 'starter';
}

export interface FakeRelease {
  readonly id: number;
  tag: string;
  title: string | null;
  body: string | null;
  commit: string;
  draft: boolean;
  prerelease: boolean;
  immutable: boolean;
  readonly assets: FakeAsset[];
}

/** How GitHub stores an asset's name: anything but these characters becomes a dot, dots collapse, none at the ends. */
export function storedName(name: string): string {
  return name
    .replace(/[^A-Za-z0-9.+_-]/g, '.')
    .replace(/\.{2,}/g, '.')
    .replace(/^\.|\.$/g, '');
}

const at = '2026-01-01T00:00:00Z';

/** A release as GitHub's REST interface shows it. */
export function releaseBody(release: FakeRelease, base: string, repository: string): object {
  const api = `${base}/repos/${repository}/releases/${release.id}`;
  // The page of a draft has a name that changes when it is published.
  const page = release.draft ? `untagged-${release.id}` : release.tag;
  return {
    url: api,
    html_url: `${base}/${repository}/releases/tag/${page}`,
    assets_url: `${api}/assets`,
    upload_url: `${base}/uploads/repos/${repository}/releases/${release.id}/assets{?name,label}`,
    tarball_url: null,
    zipball_url: null,
    id: release.id,
    node_id: `R${release.id}`,
    tag_name: release.tag,
    target_commitish: release.commit,
    name: release.title,
    body: release.body,
    draft: release.draft,
    prerelease: release.prerelease,
    immutable: release.immutable,
    created_at: at,
    published_at: release.draft ? null : at,
    author: userBody(base),
    assets: release.assets.filter(({ state }) => state === 'uploaded').map((asset) => assetBody(asset, base, repository)),
  };
}

export function assetBody(asset: FakeAsset, base: string, repository: string): object {
  const digest = asset.state === 'uploaded' ? `sha256:${createHash('sha256').update(asset.bytes).digest('hex')}` : null;
  return {
    url: `${base}/repos/${repository}/releases/assets/${asset.id}`,
    browser_download_url: `${base}/${repository}/releases/download/x/${asset.name}`,
    id: asset.id,
    node_id: `A${asset.id}`,
    name: asset.name,
    label: asset.label,
    state: asset.state,
    content_type: asset.contentType,
    size: asset.bytes.length,
    digest,
    download_count: 0,
    created_at: at,
    updated_at: at,
    uploader: userBody(base),
  };
}
