import type { IncomingMessage, ServerResponse } from 'node:http';
import { storageOf } from './asset-routes.ts';
import { type FakeAsset, pageOf } from './releases.ts';
import type { RepositoryState } from './repository-state.ts';

export interface WebRequest {
  readonly state: RepositoryState;
  readonly base: string;
  readonly anonymous: boolean;
  readonly tamper: (bytes: Uint8Array) => Uint8Array;
  readonly violations: string[];
}

/** What is no part of the interface: the storage of assets, and the addresses people download from. Whether it was asked for. */
export function answerWeb(request: IncomingMessage, response: ServerResponse, url: URL, web: WebRequest): boolean {
  const stored = /^\/storage\/(\d+)$/.exec(url.pathname)?.[1];
  if (stored !== undefined) {
    if (request.headers.authorization !== undefined) web.violations.push('the storage of assets was given a token');
    const asset = web.state.releases.flatMap(({ assets }) => assets).find(({ id }) => id === Number(stored));
    sendContent(response, asset, web);
    return true;
  }
  const [, page, name] = /^\/[^/]+\/[^/]+\/releases\/download\/([^/]+)\/([^/]+)$/.exec(url.pathname) ?? [];
  if (page === undefined || name === undefined) return false;
  const release = web.state.releases.find((one) => !one.draft && pageOf(one) === decodeURIComponent(page));
  const asset = release?.assets.find((one) => one.state === 'uploaded' && one.name === decodeURIComponent(name));
  // Drafts, and what is not public, have no such address.
  if (asset === undefined || !web.anonymous) response.writeHead(404).end('Not Found');
  else response.writeHead(302, { location: storageOf(web.base, asset) }).end();
  return true;
}

function sendContent(response: ServerResponse, asset: FakeAsset | undefined, { tamper, violations }: WebRequest): void {
  if (asset?.measured !== undefined) violations.push(`${asset.name} was too large to be kept, and is asked for`);
  response.writeHead(asset === undefined ? 404 : 200, { 'content-type': 'application/octet-stream' });
  response.end(tamper(asset?.bytes ?? new Uint8Array()));
}
