import { callMethod } from './artifact-service.ts';
import type { BlobStorage } from './blob-storage.ts';
import { TwirpError, type TwirpRequest } from './twirp-request.ts';

export interface StoredCache {
  readonly key: string;
  readonly version: string;
  readonly size: number;
}

/** github.actions.results.api.v1.CacheService (version 2 of the cache): entries never change; the newest prefix match wins. */
export function cacheService(storage: BlobStorage): {
  readonly stored: readonly StoredCache[];
  call(method: string, body: unknown): Promise<object>;
} {
  const open = new Set<string>();
  const stored: StoredCache[] = [];
  const blob = (key: string, version: string): string => `caches/${version}/${key}`;
  const methods: Readonly<Record<string, (request: TwirpRequest) => object>> = {
    CreateCacheEntry(request) {
      const name = blob(request.text('key'), request.text('version'));
      if (open.has(name))
        return { ok: false, signed_upload_url: '', message: 'cache entry with the same key, version, and scope already exists' };
      open.add(name);
      return { ok: true, signed_upload_url: storage.uploadUrl(name) };
    },
    FinalizeCacheEntryUpload(request) {
      const [key, version] = [request.text('key'), request.text('version')];
      if (!open.has(blob(key, version))) throw new TwirpError(404, 'not_found', `cache entry ${key} was not created`);
      stored.push({ key, version, size: request.size('size_bytes') });
      return { ok: true, entry_id: String(5000 + stored.length) };
    },
    GetCacheEntryDownloadURL(request) {
      const [key, version] = [request.text('key'), request.text('version')];
      const newest = stored.filter((entry) => entry.version === version).reverse();
      const exact = newest.find((entry) => entry.key === key);
      const found =
        exact ??
        [key, ...request.list('restore_keys')]
          .map((prefix) => newest.find((entry) => entry.key.startsWith(prefix)))
          .find((entry) => entry !== undefined);
      if (found === undefined) return { ok: false, signed_download_url: '', matched_key: '' };
      return {
        ok: true,
        signed_download_url: storage.downloadUrl(blob(found.key, version), 'cache.tzst', 'application/octet-stream'),
        matched_key: found.key,
      };
    },
  };
  return { stored, call: (method, body) => callMethod(methods, method, body) };
}
