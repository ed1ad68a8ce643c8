import { readFile } from 'node:fs/promises';
import { sep } from 'node:path';
import { type Host, type InputsOf, type OutputsOf, UserError } from '@release-kit/action';
import { parseTag } from '@release-kit/debian';
import { folderStore, githubStore, planRelease, type ReleaseStore } from '@release-kit/github';
import { openPackages } from '@release-kit/manifest';
import { bringToPlan } from './completion.ts';
import { draftSummary, planLines, planSummary } from './draft-summary.ts';
import { signedFiles } from './signed-files.ts';
import type { spec } from './spec.ts';

type Inputs = InputsOf<typeof spec>;

/** Plans the whole release from the verified files, brings the draft to the plan, lists it again and compares. */
export async function run(inputs: Inputs, host: Host): Promise<OutputsOf<typeof spec>> {
  const { tag, prerelease } = parseTag(inputs.tag);
  await using packages = await openPackages(inputs.assets, inputs.manifestDigest, host);
  const { keyName, fingerprint } = inputs;
  const fingerprints = fingerprint?.split(/\s+/);
  const files = await signedFiles({ files: packages.manifest.files, folder: packages.folder, keyName, fingerprints }, host);
  const notes = inputs.notes === undefined ? '' : await readFile(inputs.notes, 'utf8');
  const release = planRelease({ tag, prerelease, notes, commit: inputs.commit ?? host.github.sha, files });

  await using store = await openStore(inputs, host);
  await host.log.group(`Plan: ${prerelease ? 'prerelease' : 'release'} ${tag} with ${release.assets.length} assets`, async () => {
    for (const line of planLines(release)) host.log.info(line);
    await store.preflight(release);
  });
  const assets = release.assets.map(({ name }) => name).join('\n');
  if (inputs.dryRun) {
    host.log.info('dry run: the plan can be carried out as far as can be told without writing');
    host.summary.add(planSummary(release));
    return { releaseId: '', url: '', assets };
  }
  const draft = await bringToPlan(store, release, host);
  host.log.info(`the draft holds the ${draft.assets.length} planned assets and nothing else: ${draft.url}`);

  host.summary.add(draftSummary(release, draft));
  return { releaseId: draft.id, url: draft.url, assets };
}

async function openStore(inputs: Inputs, host: Host): Promise<ReleaseStore & AsyncDisposable> {
  if (inputs.destination === 'folder') {
    refuseSameFolder(inputs.output, inputs.assets);
    return folderStore(inputs.output);
  }
  const repository = inputs.repository ?? host.github.repository;
  if (repository === undefined)
    throw new UserError('E_INPUT', 'the repository of the draft is not known', { cure: 'Set repository to owner/name.' });
  return await githubStore(host, { repository, token: inputs.githubToken });
}

/** The draft replaces its folder as a whole, so the folder it is made from must lie elsewhere. */
function refuseSameFolder(output: string, assets: string): void {
  if (output === assets || assets.startsWith(output.endsWith(sep) ? output : `${output}${sep}`)) {
    throw new UserError('E_PATH', 'the draft would replace the folder its assets come from', { cure: 'Name another folder as output.' });
  }
}
