import { notFound } from './answer.ts';
import type { RateLimits } from './rate-limits.ts';
import type { Routes } from './route.ts';

export const settingsRoutes: Routes = {
  'repos/check-immutable-releases': ({ state: { settings } }) =>
    settings.immutableReleases || settings.immutableByOwner
      ? { status: 200, body: { enabled: true, enforced_by_owner: settings.immutableByOwner } }
      : notFound,
};

/** How much of the limit is left; asking costs nothing of it. */
export function limitRoutes(limits: RateLimits): Routes {
  return {
    'rate-limit/get': () => {
      const { status } = limits;
      return { status: 200, body: { resources: { core: status, search: status }, rate: status } };
    },
  };
}
