import { type Host, inertLine } from '@release-kit/action';
import { type Channel, type KnownRelease, pointersOf, type ReleaseCatalog } from '@release-kit/github';
import type { ReleaseSettings } from '../settings.ts';

export interface PointerRequest {
  readonly catalog: ReleaseCatalog;
  readonly settings: ReleaseSettings;
  /** Only those that name this commit are moved; undefined: all. */
  readonly from?: string | undefined;
  readonly dryRun?: boolean;
}

/** Moves the tags that were asked for to the greatest good release of their line. What must not or cannot be moved is told. E_TAG_MOVED. */
export async function movePointers(
  release: { readonly tag: string; readonly channel: Channel },
  releases: readonly KnownRelease[],
  { catalog, settings, from, dryRun = false }: PointerRequest,
  { log }: Pick<Host, 'log'>,
): Promise<void> {
  for (const { name, to, refused } of pointersOf(release, settings.pointers, releases, settings.rules)) {
    if (refused !== undefined) log.warning(`the tag ${name} stays where it is: ${refused}`);
    if (to === undefined) log.warning(`the tag ${name} stays where it is: no good release of its line is left`);
    if (refused !== undefined || to === undefined) continue;
    const commit = await catalog.tagCommit(to);
    const seen = await catalog.tagCommit(name);
    if (commit === undefined) log.warning(`the tag ${name} stays where it is: ${inertLine(to)} has no tag`);
    if (commit === undefined || seen === commit || (from !== undefined && seen !== from)) continue;
    if (dryRun) {
      log.info(`would let the tag ${name} name ${inertLine(to)}`);
      continue;
    }
    await catalog.pointTag(name, seen, commit);
    log.info(`the tag ${name} names ${inertLine(to)} now, and named ${seen ?? 'nothing'} before`);
  }
}
