import { type Host, pool, UserError } from '@release-kit/action';
import type { KnownAsset, KnownRelease, PlannedAsset, PlannedRelease, ReleaseCatalog } from '@release-kit/github';
import { digestOf } from '../content-digest.ts';

const downloadsAtATime = 2;
/** A download may break off in its middle, which nobody but its reader can mend. */
const tries = 3;

/**
 * Downloads everything as users do, without a token where that is possible, and compares it with what was planned; nothing is kept. E_GITHUB for
 * what is not there, E_DIGEST.
 */
export async function verifyDownloads(
  published: KnownRelease,
  release: PlannedRelease,
  catalog: ReleaseCatalog,
  host: Host,
): Promise<void> {
  const there = new Map((await catalog.assets(published)).map((asset) => [asset.name, asset]));
  const downloads = release.assets.map((planned) => {
    const asset = there.get(planned.name);
    if (asset === undefined)
      throw new UserError('E_GITHUB', `${planned.name} is missing in the published release`, { cure: yankIt(published) });
    return { planned, asset };
  });
  const [first, ...more] = downloads;
  if (first === undefined) return;
  // Where the first cannot be had without a token, none can.
  const isPublic = await check(first.asset, first.planned, { catalog, isPublic: true, published }, host);
  await pool(
    more,
    async ({ asset, planned }) => {
      host.signal.throwIfAborted();
      host.progress.update(`downloading ${planned.name}`);
      await check(asset, planned, { catalog, isPublic, published }, host);
    },
    downloadsAtATime,
  );
  const how = isPublic ? 'as anybody gets them' : 'with the token: without one nobody gets them';
  host.log.info(`downloaded all ${release.assets.length} assets, ${how}; they are what was planned`);
}

interface Check {
  readonly catalog: ReleaseCatalog;
  readonly published: KnownRelease;
  readonly isPublic: boolean;
}

/** Whether it was had without a token. */
async function check(asset: KnownAsset, planned: PlannedAsset, { catalog, isPublic, published }: Check, host: Host): Promise<boolean> {
  for (let tried = 1; ; tried += 1) {
    try {
      const open = isPublic ? await catalog.publicContent(asset) : undefined;
      const found = await digestOf(open ?? (await catalog.content(asset)), planned.size);
      if (found !== planned.sha256)
        throw new UserError('E_DIGEST', `${planned.name} as it is downloaded is not what was published`, { cure: yankIt(published) });
      return open !== undefined;
    } catch (error) {
      if (!(error instanceof UserError) || error.code !== 'E_GITHUB' || tried >= tries) throw error;
      host.log.debug(`downloading ${planned.name} again: ${error.message}`);
    }
  }
}

function yankIt({ immutable }: KnownRelease): string {
  const what = immutable ? 'rollback: it is immutable, and can only be marked' : 'yank: it hides the release';
  return `Find out who changed it, and run this action with mode ${what}.`;
}
