import { type Host, UserError } from '@release-kit/action';
import { planRollback } from '@release-kit/github';
import { openCatalog } from '../destination.ts';
import type { ReleaseOutputs } from '../execution.ts';
import { movePointers } from '../publish/pointers.ts';
import { type Inputs, readSettings } from '../settings.ts';
import { rollbackSummary } from './rollback-summary.ts';

/** Takes a bad release back as far as that is possible, or brings it out again; shows first what will happen. Done again nothing changes. */
export async function rollbackMode(inputs: Inputs, mode: 'rollback' | 'yank' | 'restore', host: Host): Promise<ReleaseOutputs> {
  const { tag, reason, dryRun } = inputs;
  const settings = await readSettings(inputs, host);
  const catalog = await openCatalog(inputs, host);
  const plan = planRollback({ mode, tag, reason, rules: settings.rules }, await catalog.list(), await catalog.latest());
  await host.log.group(`Plan: ${mode} ${tag}`, async () => {
    for (const { says } of plan.steps) host.log.info(says);
    if (plan.steps.length === 0) host.log.info('nothing: all is as it should be');
  });
  if (inputs.destination === 'github' && plan.steps.some(({ change }) => change.draft === false))
    refuseWithoutTag(tag, await catalog.tagCommit(tag));
  if (!dryRun)
    for (const { says, release, change } of plan.steps) {
      host.signal.throwIfAborted();
      await catalog.change(release, change);
      host.log.info(`done: ${says}`);
    }
  const from = mode === 'restore' ? undefined : await catalog.tagCommit(tag);
  const after = plan.after.find(({ id }) => id === plan.release.id);
  await movePointers({ tag, channel: plan.channel }, plan.after, { catalog, settings, from, dryRun }, host);
  host.summary.add(rollbackSummary(plan, mode, dryRun));
  return {
    releaseId: plan.release.id,
    url: plan.release.url,
    exists: '',
    assets: '',
    channel: plan.channel,
    published: String(after?.draft === false),
  };
}

/** GitHub would make it anew, at the head of a branch for releases that people made. */
function refuseWithoutTag(tag: string, commit: string | undefined): void {
  if (commit !== undefined) return;
  throw new UserError('E_TAG_MOVED', `the tag ${tag} is gone`, { cure: 'Push it again, at the commit that was released, then run again.' });
}
