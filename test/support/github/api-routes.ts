import { type Answer, notFound } from './answer.ts';
import { assetRoutes } from './asset-routes.ts';
import { attestationRoutes } from './attestations.ts';
import { checkRoutes } from './check-runs.ts';
import { codeScanningRoutes } from './code-scanning.ts';
import { answerGitData } from './git-data.ts';
import { answerPulls } from './pull-requests.ts';
import type { RateLimits } from './rate-limits.ts';
import { referenceRoutes, refusedTag } from './reference-routes.ts';
import { releaseRoutes } from './release-routes.ts';
import type { RouteRequest, Routes } from './route.ts';
import { rulesetRoutes } from './ruleset-routes.ts';
import { limitRoutes, settingsRoutes } from './settings-routes.ts';

/** Answers an operation of GitHub's description; 404 for those that the stand-in does not know. */
export function apiRoutes(limits: RateLimits): (operation: string, request: RouteRequest) => Answer {
  const routes: Routes = {
    ...releaseRoutes,
    ...assetRoutes,
    ...referenceRoutes,
    ...checkRoutes,
    ...attestationRoutes,
    ...codeScanningRoutes,
    ...settingsRoutes,
    ...rulesetRoutes,
    ...limitRoutes(limits),
  };
  return (operation, request) => {
    const { state, path, url, body, places } = request;
    if (operation !== 'rate-limit/get' && `${path['owner']}/${path['repo']}` !== state.repository) return notFound;
    const match = { id: operation, path };
    const route = routes[operation];
    if (route !== undefined) return route(request);
    if (operation.startsWith('git/')) return refusedTag(operation, request) ?? answerGitData(state.git, match, places.base, body);
    if (operation.startsWith('pulls/'))
      return answerPulls(state.pulls, match, url, body, { base: places.base, repository: state.repository });
    return notFound;
  };
}
