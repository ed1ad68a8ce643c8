import { isOfFork } from './fork-event.ts';
import type { Host, RemoteCache } from './host.ts';

type Variables = Pick<Host, 'env'>;

/**
 * Whether a run may use the remote cache at all. What a tag starts becomes a release: nothing that another run left in a cache may become part of it.
 * A workflow that makes a release in another way says so by RELEASE_KIT_REMOTE_CACHE=none; `auto` is as if nothing was said.
 */
export function mayUseCache({ env }: Variables): boolean {
  const isOfTag = env('GITHUB_REF_TYPE') === 'tag' || env('GITHUB_REF')?.startsWith('refs/tags/') === true;
  return !isOfTag && (env('RELEASE_KIT_REMOTE_CACHE') ?? 'auto') === 'auto';
}

/** The cache, which a pull request of a fork only reads: nobody has looked at its code yet. */
export function readOnlyForForks(cache: RemoteCache, { env, log }: Variables & Pick<Host, 'log'>): RemoteCache {
  return {
    restore: (path, key) => cache.restore(path, key),
    async save(path, key) {
      if (await isOfFork(env)) log.debug(`${key} is not saved: this is a pull request of a fork`);
      else await cache.save(path, key);
    },
  };
}
