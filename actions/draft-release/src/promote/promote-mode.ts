import { type Host, UserError } from '@release-kit/action';
import { isPrerelease, notesOf, type PlannedRelease, planRelease, refuseMovedTag, releaseVersion, unmarkedBody } from '@release-kit/github';
import { openCatalog, openStore } from '../destination.ts';
import { carryOut, type ReleaseOutputs } from '../execution.ts';
import { givenNotes } from '../notes.ts';
import { type Inputs, readSettings } from '../settings.ts';
import { chooseCandidate } from './candidate.ts';
import { candidateFiles } from './candidate-files.ts';
import { verifyCandidate } from './candidate-signature.ts';
import { fetchingStore } from './fetching-store.ts';

/** Releases the files of a tested candidate, byte for byte, under a stable version: of the same commit, and nothing is built again. */
export async function promoteMode(inputs: Inputs, host: Host): Promise<ReleaseOutputs> {
  const { tag } = inputs;
  if ((releaseVersion(tag)?.prerelease ?? []).length > 0)
    throw new UserError('E_INPUT', `${tag} is a pre-release: nothing is promoted to one`, { cure: 'Name the tag of the stable version.' });
  if (inputs.destination === 'folder')
    throw new UserError('E_INPUT', 'a folder holds one release, so nothing in it can be promoted', { cure: 'Set destination to github.' });
  const settings = await readSettings(inputs, host);
  const catalog = await openCatalog(inputs, host);
  const candidate = chooseCandidate(tag, inputs.from, await catalog.list());
  const commit = await catalog.tagCommit(candidate.tag);
  if (commit === undefined) throw new UserError('E_TAG_MOVED', `the tag ${candidate.tag} of the candidate is gone`);
  if (inputs.commit !== undefined) refuseMovedTag(candidate.tag, commit, inputs.commit);
  refuseMovedTag(tag, await catalog.tagCommit(tag), commit);

  await using folder = await host.files.temporary('candidate');
  const found = await candidateFiles(candidate, catalog, folder.path);
  await verifyCandidate(found, { catalog, keyName: inputs.keyName, fingerprint: inputs.fingerprint }, host);
  const { files } = found;
  const notes = (await givenNotes(inputs)) ?? notesOf(unmarkedBody(candidate.body));
  const release: PlannedRelease = planRelease({ tag, prerelease: isPrerelease(settings.channel), notes, commit, files });
  host.log.info(`promoting ${candidate.tag} to ${tag}: ${files.length} assets of ${commit}`);
  await using store = await openStore(inputs, host);
  return await carryOut({ release, store: fetchingStore(store, catalog, files), settings, inputs }, host);
}
