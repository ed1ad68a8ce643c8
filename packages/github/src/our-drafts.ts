import { type Host, inertLine, UserError } from '@release-kit/action';
import { isOurs } from './draft-text.ts';
import type { RemoteRelease } from './github-answers.ts';
import { markOf } from './release-mark.ts';

/** Milliseconds before each further look: lists may lag behind what was written. */
export const lookAgain: readonly number[] = [1000, 2000, 4000, 8000];

/** What has to be known of a release to tell whose it is. */
type Listed = Pick<RemoteRelease, 'tag' | 'body' | 'draft' | 'immutable' | 'url'>;

/** Our drafts for the tag, oldest first. A release that is published, or was, is in the way: E_RELEASE_EXISTS. */
export function ourDrafts<T extends Listed & { readonly id: number | string }>(releases: readonly T[], tag: string): readonly T[] {
  const same = draftsOf(releases, tag);
  const published = same.find(({ draft }) => !draft);
  if (published !== undefined) throw alreadyPublished(published);
  const yanked = same.find(({ body }) => markOf(body) === 'yanked');
  if (yanked !== undefined) throw withdrawn(yanked);
  return same.filter(({ body }) => isOurs(body, tag)).sort((a, b) => Number(a.id) - Number(b.id));
}

/** Says which drafts of the tag others made. */
export function tellOthers(releases: readonly Listed[], tag: string, host: Pick<Host, 'log'>): void {
  const foreign = draftsOf(releases, tag).filter(({ body }) => !isOurs(body, tag));
  if (foreign.length === 0) return;
  const count = foreign.length === 1 ? '1 other draft' : `${foreign.length} other drafts`;
  host.log.warning(`${count} of ${tag} not made by release-kit, left alone: ${foreign.map(({ url }) => url).join(', ')}`);
}

const draftsOf = <T extends Listed>(releases: readonly T[], tag: string): readonly T[] =>
  releases.filter((release) => release.tag === tag || hasLostTag(release, tag));

/** Whoever changes a draft without saying its tag takes the tag away from it; our marker still tells which it was. */
function hasLostTag(release: Listed, tag: string): boolean {
  return release.draft && release.tag.startsWith('untagged-') && isOurs(release.body, tag);
}

export function alreadyPublished({ tag, url, immutable }: Listed): UserError {
  const frozen = immutable ? ', and can never be changed' : '';
  return new UserError('E_RELEASE_EXISTS', `${inertLine(tag)} is already published${frozen}: ${inertLine(url)}`);
}

/** Hidden, so it looks like a draft of ours; a late run of its workflow must not bring it out again. */
function withdrawn({ tag, url }: Listed): UserError {
  return new UserError('E_RELEASE_EXISTS', `${inertLine(tag)} was published and yanked: ${inertLine(url)}`, {
    cure: 'Choose another tag; or bring it out again as it was with mode restore.',
  });
}
