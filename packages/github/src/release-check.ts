import type { Host } from '@release-kit/action';
import { newFields } from './draft-creation.ts';
import { refuseAboveLimits } from './github-limits.ts';
import { ourDrafts, tellOthers } from './our-drafts.ts';
import type { KnownRelease } from './release-catalog.ts';
import type { PlannedRelease } from './release-store.ts';

/** What is there of a release before it is made. Drafts are shown only to tokens that may write. */
export type ReleaseStanding = { readonly exists: 'none' } | { readonly exists: 'draft' | 'published'; readonly release: KnownRelease };

/**
 * Whether the release can be made, as far as that is known before its files are there: nothing of the tag is published, nor was, and its text fits.
 * With `publishes` one that is published may be the same, which its files tell later. E_RELEASE_EXISTS, E_INPUT.
 */
export function releaseStanding(
  release: PlannedRelease,
  releases: readonly KnownRelease[],
  { publishes }: { readonly publishes: boolean },
  host: Pick<Host, 'log'>,
): ReleaseStanding {
  const { tag } = release;
  refuseAboveLimits(release, newFields(release).body);
  const published = releases.find((one) => one.tag === tag && !one.draft && one.mark === undefined);
  if (publishes && published !== undefined) return { exists: 'published', release: published };
  const [draft] = ourDrafts(releases, tag);
  tellOthers(releases, tag, host);
  return draft === undefined ? { exists: 'none' } : { exists: 'draft', release: draft };
}
