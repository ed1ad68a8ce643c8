import type { RemoteCache } from './host.ts';

/**
 * GitHub's cache by its official client, which loads only when it is used. A cache that fails costs time, not the
 * run: the failure is a warning, and the entry counts as missing or unsaved. (The client itself turns most failures
 * into warnings; what it throws is a refused key and the like.)
 */
export function runnerCache(warn: (text: string) => void): RemoteCache {
  const problem = (what: string, key: string, error: unknown): void =>
    warn(`The cache entry ${key} was not ${what}: ${error instanceof Error ? error.message : String(error)}`);
  return {
    async restore(path, key) {
      try {
        const { restoreCache } = await import('@actions/cache');
        return (await restoreCache([path], key)) !== undefined;
      } catch (error) {
        problem('restored', key, error);
        return false;
      }
    },
    async save(path, key) {
      try {
        const { saveCache } = await import('@actions/cache');
        await saveCache([path], key);
      } catch (error) {
        problem('saved', key, error);
      }
    },
  };
}
