import { type Answer, fieldsOf, invalid, notFound, page, refusal, textOf } from './answer.ts';
import { releaseOf } from './release-routes.ts';
import { assetBody, type FakeAsset, type FakeRelease, releaseLimits, storedName } from './releases.ts';
import type { RouteRequest, Routes } from './route.ts';

/** Assets: names are rewritten, one name is had once, an upload that breaks off leaves a `starter`, nothing of an immutable release changes. */
export const assetRoutes: Routes = {
  'repos/list-release-assets': (request) => {
    const release = releaseOf(request);
    if (release === undefined || (release.draft && !request.seesDrafts)) return notFound;
    const live = release.assets.map((asset) => assetBody(asset, release, request.places));
    return page(request.lists.shown(`assets of ${release.id}`, live), request.url);
  },
  'repos/upload-release-asset': (request) => {
    const release = releaseOf(request);
    return release === undefined ? notFound : uploadTo(release, request);
  },
  'repos/get-release-asset': (request) => {
    const { places, headers } = request;
    const { release, asset } = assetOf(request);
    if (release === undefined || asset === undefined || (release.draft && !request.seesDrafts)) return notFound;
    if (headers.accept !== 'application/octet-stream') return { status: 200, body: assetBody(asset, release, places) };
    return { status: 302, headers: { location: storageOf(places.base, asset) } };
  },
  'repos/update-release-asset': (request) => {
    const { release, asset } = assetOf(request);
    if (release === undefined || asset === undefined) return notFound;
    if (release.immutable) return refusal(422, 'Cannot change the assets of an immutable release.');
    const { name, label } = fieldsOf(request.body);
    const stored = storedName(textOf(name) ?? asset.name);
    if (release.assets.some((one) => one !== asset && one.name === stored)) return invalid('ReleaseAsset', 'name', 'already_exists');
    Object.assign(asset, { name: stored, label: textOf(label) ?? asset.label });
    return { status: 200, body: assetBody(asset, release, request.places) };
  },
  'repos/delete-release-asset': (request) => {
    const { release, asset } = assetOf(request);
    if (release === undefined || asset === undefined) return notFound;
    if (release.immutable) return refusal(422, 'Cannot delete assets of an immutable release.');
    release.assets.splice(release.assets.indexOf(asset), 1);
    return { status: 204 };
  },
};

/** Bytes lie on another host than the interface, which wants no token. */
export const storageOf = (base: string, { id }: FakeAsset): string => `${base.replace('127.0.0.1', 'localhost')}/storage/${id}`;

function assetOf({ state, path }: RouteRequest): { readonly release?: FakeRelease; readonly asset?: FakeAsset } {
  for (const release of state.releases) {
    const asset = release.assets.find(({ id }) => id === Number(path['asset_id']));
    if (asset !== undefined) return { release, asset };
  }
  return {};
}

/** What GitHub says before it takes any byte in. */
function refusedUpload(release: FakeRelease, name: string, size: number): Answer | undefined {
  if (release.immutable) return refusal(422, 'Cannot upload assets to an immutable release.');
  if (release.assets.some((asset) => asset.name === name)) return invalid('ReleaseAsset', 'name', 'already_exists');
  if (release.assets.length >= releaseLimits.assets) return invalid('ReleaseAsset', 'release_id', 'custom', 'file limit reached');
  if (size === 0) return invalid('ReleaseAsset', 'size', 'custom', 'size must be greater than or equal to 1');
  if (size === releaseLimits.assetBytes) return refusal(500, 'Server Error');
  if (size > releaseLimits.assetBytes)
    return invalid('ReleaseAsset', 'size', 'custom', `size must be less than ${releaseLimits.assetBytes}`);
  return undefined;
}

function uploadTo(release: FakeRelease, { state, places, url, headers, upload }: RouteRequest): Answer {
  const name = storedName(url.searchParams.get('name') ?? '');
  const announced = Number(headers['content-length'] ?? Number.NaN);
  const refused = refusedUpload(release, name, announced);
  if (refused !== undefined) return refused;
  const whole = upload?.whole === true;
  const { size = 0, sha256 = '', bytes = new Uint8Array() } = upload ?? {};
  const asset: FakeAsset = {
    id: state.newId(),
    name,
    label: url.searchParams.get('label'),
    contentType: headers['content-type'] ?? '',
    bytes: whole ? bytes : new Uint8Array(),
    ...(whole && bytes.length !== size ? { measured: { size, sha256 } } : {}),
    state: whole ? 'uploaded' : 'starter',
  };
  release.assets.push(asset);
  return { status: 201, body: assetBody(asset, release, places) };
}
