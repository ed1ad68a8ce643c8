import type { RemoteCache } from './host.ts';

/** GitHub's cache by its official client, which loads only when it is used. */
export function runnerCache(): RemoteCache {
  return {
    async restore(path, key) {
      const { restoreCache } = await import('@actions/cache');
      return (await restoreCache([path], key)) !== undefined;
    },
    async save(path, key) {
      const { saveCache } = await import('@actions/cache');
      await saveCache([path], key);
    },
  };
}
