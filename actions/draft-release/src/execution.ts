import { type Host, inertLine, type OutputsOf, UserError } from '@release-kit/action';
import type { PlannedRelease, ReleaseCatalog, ReleaseStore, StoredRelease } from '@release-kit/github';
import { bringToPlan } from './completion.ts';
import { openCatalog } from './destination.ts';
import { draftSummary, planLines, planSummary } from './draft-summary.ts';
import { publish, publishedAsPlanned } from './publish/publishing.ts';
import type { Inputs, ReleaseSettings } from './settings.ts';
import type { spec } from './spec.ts';

export type ReleaseOutputs = OutputsOf<typeof spec>;

export interface Execution {
  readonly release: PlannedRelease;
  readonly store: ReleaseStore;
  readonly settings: ReleaseSettings;
  readonly inputs: Inputs;
}

/** From the plan to the draft that holds it, and to the published release when that is asked for. Done again nothing changes. */
export async function carryOut({ release, store, settings, inputs }: Execution, host: Host): Promise<ReleaseOutputs> {
  const { tag } = release;
  const { channel } = settings;
  const catalog = settings.publish ? await openCatalog(inputs, host) : undefined;
  const assets = release.assets.map(({ name }) => name).join('\n');
  const kind = release.prerelease ? 'prerelease' : 'release';
  const before = await host.log.group(`Plan: ${kind} ${tag} with ${release.assets.length} assets`, async () => {
    for (const line of planLines(release)) host.log.info(line);
    host.log.info(`channel ${channel}${settings.publish ? ', published when it is complete' : ''}`);
    const done = await publishedAsPlanned(release, catalog);
    if (done === undefined) await store.preflight(release);
    return done;
  });
  if (inputs.dryRun) {
    host.log.info('dry run: the plan can be carried out as far as can be told without writing');
    host.summary.add(planSummary(release));
    return { releaseId: '', url: '', exists: '', assets, channel, published: 'false' };
  }
  if (catalog !== undefined && before !== undefined) host.log.info(`${tag} is published already, as planned: ${inertLine(before.url)}`);
  const stored = before ?? (await drafted(store, release, catalog, host));
  const url = catalog === undefined ? stored.url : (await publish(stored, { release, catalog, settings }, host)).url;
  host.summary.add(draftSummary(release, { ...stored, url }, catalog !== undefined));
  return { releaseId: stored.id, url, exists: '', assets, channel, published: String(catalog !== undefined) };
}

async function drafted(
  store: ReleaseStore,
  release: PlannedRelease,
  catalog: ReleaseCatalog | undefined,
  host: Host,
): Promise<StoredRelease> {
  try {
    const draft = await bringToPlan(store, release, host);
    host.log.info(`the draft holds the ${draft.assets.length} planned assets and nothing else: ${draft.url}`);
    return draft;
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'E_RELEASE_EXISTS') throw error;
    // Another run for the same tag may have been faster with the same files.
    const done = await publishedAsPlanned(release, catalog);
    if (done === undefined) throw error;
    host.log.info(`${release.tag} was published meanwhile, as planned: ${inertLine(done.url)}`);
    return done;
  }
}
