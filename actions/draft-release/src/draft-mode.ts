import type { Host } from '@release-kit/action';
import { isPrerelease, planRelease } from '@release-kit/github';
import { openPackages } from '@release-kit/manifest';
import { attestationFile } from './attestation.ts';
import { openStore } from './destination.ts';
import { carryOut, type ReleaseOutputs } from './execution.ts';
import { givenNotes } from './notes.ts';
import { type Inputs, readSettings } from './settings.ts';
import { signedFiles } from './signed-files.ts';

/** Plans the whole release from the verified files, and brings it about. */
export async function draftMode(inputs: Inputs, host: Host): Promise<ReleaseOutputs> {
  await using packages = await openPackages(inputs.assets, inputs.manifestDigest, host);
  const { tag, keyName, fingerprint } = inputs;
  const settings = await readSettings(inputs, host);
  const fingerprints = fingerprint?.split(/\s+/);
  const notes = (await givenNotes(inputs)) ?? '';
  const signed = await signedFiles({ files: packages.manifest.files, folder: packages.folder, keyName, fingerprints }, host);
  const built = packages.manifest.files.map(({ path }) => path);
  const attestation = inputs.attestation === undefined ? [] : [await attestationFile(inputs.attestation, signed, built)];
  const commit = inputs.commit ?? host.github.sha;
  const release = planRelease({ tag, prerelease: isPrerelease(settings.channel), notes, commit, files: [...signed, ...attestation] });
  await using store = await openStore(inputs, host);
  return await carryOut({ release, store, settings, inputs }, host);
}
