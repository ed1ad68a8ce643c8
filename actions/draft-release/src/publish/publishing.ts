import { type Host, inertLine } from '@release-kit/action';
import {
  bannerSteps,
  becomesLatest,
  isPrerelease,
  type KnownRelease,
  latestRelease,
  type PlannedRelease,
  type ReleaseCatalog,
  refuseMovedTag,
  type StoredRelease,
} from '@release-kit/github';
import type { ReleaseSettings } from '../settings.ts';
import { verifyDownloads } from './download-check.ts';
import { movePointers } from './pointers.ts';

export interface Publication {
  readonly release: PlannedRelease;
  readonly catalog: ReleaseCatalog;
  readonly settings: ReleaseSettings;
}

/** The release as an earlier run published it, when it is exactly what is planned; undefined when there is still something to do, or to refuse. */
export async function publishedAsPlanned(release: PlannedRelease, catalog: ReleaseCatalog | undefined): Promise<StoredRelease | undefined> {
  const found = (await catalog?.list())?.find(({ tag, draft, mark }) => tag === release.tag && !draft && mark === undefined);
  if (catalog === undefined || found === undefined) return undefined;
  const assets = await catalog.assets(found);
  const there = new Map(assets.map((asset) => [asset.name, asset]));
  const isPlanned =
    there.size === release.assets.length &&
    release.assets.every(({ name, size, sha256 }) => there.get(name)?.size === size && there.get(name)?.sha256 === sha256);
  return isPlanned ? { id: found.id, url: found.url, draft: false, assets } : undefined;
}

/** Publishes a complete draft as the last of all changes, then looks at it as users do, and moves the pointers. */
export async function publish(stored: StoredRelease, { release, catalog, settings }: Publication, host: Host): Promise<KnownRelease> {
  const { tag, commit, prerelease } = release;
  const others = (await catalog.list()).filter(({ id }) => id !== stored.id);
  const checkTag = async (): Promise<void> => {
    if (commit !== undefined) refuseMovedTag(tag, await catalog.tagCommit(tag), commit);
  };
  await checkTag();
  const before = await catalog.read(stored.id);
  const latest = !isPrerelease(settings.channel) && becomesLatest(tag, others, settings.rules);
  const published = before.draft ? await catalog.change(before, { draft: false, prerelease, latest }) : before;
  if (before.draft) {
    const greatest = latestRelease(others, settings.rules);
    const not = greatest === undefined ? 'not as the latest release' : `${inertLine(greatest.tag)} stays the latest release`;
    host.log.info(
      `published ${tag} in channel ${settings.channel}, ${latest ? 'as the latest release' : not}: ${inertLine(published.url)}`,
    );
    // Where there was none GitHub has just made it.
    await checkTag();
    if (latest) await leadToGreatest(published, { catalog, settings }, host);
  }
  await verifyDownloads(published, release, catalog, host);
  await movePointers({ tag, channel: settings.channel }, [...others, published], { catalog, settings }, host);
  if (others.some(({ mark }) => mark !== undefined)) await leadBanners(published, { catalog, settings }, host);
  return published;
}

/** Banners of bad releases name what to use instead, which this release may be from now on. */
async function leadBanners(published: KnownRelease, { catalog, settings }: Omit<Publication, 'release'>, host: Host): Promise<void> {
  // Listed anew: another release may have come out at the same time.
  const others = (await catalog.list()).filter(({ id }) => id !== published.id);
  for (const { says, release, change } of bannerSteps([...others, published], settings.rules)) {
    host.signal.throwIfAborted();
    await catalog.change(release, change);
    host.log.info(`done: ${says}`);
  }
}

/** Another release may have come out at the same time, and neither saw the other. */
async function leadToGreatest(published: KnownRelease, { catalog, settings }: Omit<Publication, 'release'>, host: Host): Promise<void> {
  const others = (await catalog.list()).filter(({ id }) => id !== published.id);
  const greatest = latestRelease([...others, published], settings.rules);
  if (greatest === undefined || greatest.id === published.id) return;
  await catalog.change(greatest, { latest: true });
  host.log.info(`${inertLine(greatest.tag)} came out at the same time, and is the latest release`);
}
