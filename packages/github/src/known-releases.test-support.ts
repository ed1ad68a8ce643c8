import fc from 'fast-check';
import type { KnownRelease } from './release-catalog.ts';
import { markedBody, markOf } from './release-mark.ts';

/** A published release, but for what is given. */
export function knownRelease(tag: string, given: Partial<KnownRelease> = {}): KnownRelease {
  const body = given.body ?? `What is new in ${tag}\n\n<!-- release-kit draft of ${tag} -->`;
  return {
    ...{ id: `id of ${tag}`, tag, body, draft: false, prerelease: tag.includes('-'), immutable: false, url: `https://example.org/${tag}` },
    ...{ mark: markOf(body) },
    ...given,
  };
}

const part = fc.nat(3);
const tag = fc
  .tuple(part, part, part, fc.constantFrom('', '', '', '-rc.1', '-rc.2', '-nightly.7'))
  .map(([major, minor, patch, pre]) => `v${major}.${minor}.${patch}${pre}`);

const release = fc
  .record({ tag, draft: fc.boolean(), prerelease: fc.boolean(), mark: fc.constantFrom(undefined, undefined, 'rolled-back', 'yanked') })
  .map(({ tag: name, draft, prerelease, mark }) => {
    const body = mark === undefined ? 'Notes' : markedBody('Notes', { mark, instead: undefined, reason: undefined });
    // What is yanked is hidden, and nothing else of ours is hidden.
    const hidden = mark === 'yanked' || (mark === undefined && draft && prerelease);
    return knownRelease(name, { body, mark, draft: hidden, prerelease: prerelease || name.includes('-') });
  });

/** Releases of a repository, drawn: drafts, pre-releases, some rolled back or yanked; one of a tag. */
export const drawnReleases = fc.uniqueArray(release, { minLength: 1, maxLength: 12, selector: ({ tag: name }) => name });
