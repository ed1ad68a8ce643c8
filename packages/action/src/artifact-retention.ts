import type { Host } from './host.ts';

/** Days. A branch builds often, and what it built is of use for a while only. */
const branchRetention = 90;

/** How long an artifact is kept where nobody says it. What a tag built: as long as the repository says; nothing longer than it allows. */
export function defaultRetention(host: Pick<Host, 'env'>): number | undefined {
  if (host.env('GITHUB_REF_TYPE') === 'tag') return undefined;
  const limit = Number(host.env('GITHUB_RETENTION_DAYS') ?? Number.NaN);
  return limit > 0 ? Math.min(branchRetention, limit) : branchRetention;
}
