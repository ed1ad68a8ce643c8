import { createHash } from 'node:crypto';
import { userBody } from './repository-body.ts';

export interface FakeAsset {
  readonly id: number;
  name: string;
  label: string | null;
  readonly contentType: string;
  /** Empty for content that was too large to be kept. */
  readonly bytes: Uint8Array;
  /** Of content that was not kept. */
  readonly measured?: { readonly size: number; readonly sha256: string };
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
  /** Whether somebody chose it as the latest one; without a choice the newest that is neither draft nor pre-release is. */
  latest?: boolean | undefined;
  readonly assets: FakeAsset[];
}

/** GitHub's limits, as its documentation and its refusals tell them. */
export const releaseLimits = { assets: 1000, assetBytes: 2 * 1024 ** 3, bodyCharacters: 125_000 } as const;

/** How GitHub stores an asset's name: accents go, anything but these characters becomes a dot, dots collapse, none at the ends. */
export function storedName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^A-Za-z0-9.+_-]/gu, '.')
    .replace(/\.{2,}/g, '.')
    .replace(/^\.|\.$/g, '');
}

export const sizeOf = ({ measured, bytes }: FakeAsset): number => measured?.size ?? bytes.length;
export const digestOf = ({ measured, bytes }: FakeAsset): string => measured?.sha256 ?? createHash('sha256').update(bytes).digest('hex');

/** The page of a draft, and its downloads, have a name that changes when it is published. */
export const pageOf = ({ id, draft, tag }: FakeRelease): string => (draft ? `untagged-${id}` : tag);

const at = '2026-01-01T00:00:00Z';

/** Where things are: `base` for people and storage, `api` for the interface, `uploads` for bytes. */
export interface Places {
  readonly base: string;
  readonly api: string;
  readonly uploads: string;
  readonly repository: string;
}

export function releaseBody(release: FakeRelease, places: Places): object {
  const { base, repository } = places;
  const api = `${places.api}/repos/${repository}/releases/${release.id}`;
  return {
    url: api,
    html_url: `${base}/${repository}/releases/tag/${pageOf(release)}`,
    assets_url: `${api}/assets`,
    upload_url: `${places.uploads}/repos/${repository}/releases/${release.id}/assets{?name,label}`,
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
    // Uploads that did not end are in the list of assets alone.
    assets: release.assets.filter(({ state }) => state === 'uploaded').map((asset) => assetBody(asset, release, places)),
  };
}

export function assetBody(asset: FakeAsset, release: FakeRelease, { base, api, repository }: Places): object {
  return {
    url: `${api}/repos/${repository}/releases/assets/${asset.id}`,
    browser_download_url: `${base}/${repository}/releases/download/${pageOf(release)}/${asset.name}`,
    id: asset.id,
    node_id: `A${asset.id}`,
    name: asset.name,
    label: asset.label,
    state: asset.state,
    content_type: asset.contentType,
    size: sizeOf(asset),
    digest: asset.state === 'uploaded' ? `sha256:${digestOf(asset)}` : null,
    download_count: 0,
    created_at: at,
    updated_at: at,
    uploader: userBody(base),
  };
}
