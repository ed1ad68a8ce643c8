import { basename, join } from 'node:path';
import type { Host, InputsOf, OutputsOf } from '@release-kit/action';
import { namesToSign } from '@release-kit/github/asset-name';
import { manifestName, openPackages, sizeText, writeManifest } from '@release-kit/manifest';
import { fileSigner, keyFileNames } from '@release-kit/openpgp';
import { writeChecksums } from './checksum-files.ts';
import { writeDebsigPolicy } from './debsig-policy.ts';
import { embedSignatures } from './embedding.ts';
import { chooseKey } from './key-choice.ts';
import { verifyOwnSignatures } from './own-signatures.ts';
import { writePublicKey } from './public-key.ts';
import { signFiles } from './signed-files.ts';
import { openSignedFolder, signedFolderName } from './signed-folder.ts';
import { signingLine } from './signing-line.ts';
import { planSigning } from './signing-plan.ts';
import { signingReport } from './signing-report.ts';
import { signingSummary } from './signing-summary.ts';
import type { spec } from './spec.ts';

/**
 * Mode sign: checks the files against the manifest, signs them and their checksum files, and verifies every signature with the real
 * gpgv. All signatures of a run are of one time.
 */
export async function sign(inputs: InputsOf<typeof spec>, host: Host): Promise<OutputsOf<typeof spec>> {
  const key = await chooseKey(inputs, host);
  const time = host.clock.now();
  const progress = (read: number, all: number): void => host.progress.update(`reading: ${sizeText(read)} of ${sizeText(all)}`);
  const signer = fileSigner(key.keys, time, inputs.checksums, { signal: host.signal, progress });
  await using packages = await openPackages(inputs.manifest, inputs.manifestDigest, host, signer.read);
  host.log.info(`every file is as ${manifestName} lists it (${packages.manifest.files.length})`);
  const output = inputs.output ?? join(packages.place, signedFolderName);
  await using folder = await openSignedFolder(output, packages.folder);
  const embedded = await embedSignatures(
    packages.manifest,
    { from: packages.folder, to: folder.path },
    { key: key.signing, time, controlFiles: inputs.controlFiles, debSignature: inputs.debSignature },
    host,
  );
  const { manifest } = embedded;
  const policies = embedded.debs.length === 0 ? [] : [await writeDebsigPolicy(folder.path, inputs.keyName, key.signing, host)];
  const plan = [...planSigning(manifest.files, folder.path, inputs), ...policies];

  const publicKey = await writePublicKey(folder.path, inputs.keyName, key.keys, time);
  const checksums = await writeChecksums(plan, inputs.checksums, folder.path, signer);
  const own = new Set(namesToSign(plan.map(({ name }) => name)));
  const everything = [...plan.filter(({ name }) => own.has(name)), ...checksums];
  const signatures = await signFiles(everything, inputs.signatures, folder.path, signer, host);
  const programs = await verifyOwnSignatures(
    {
      folder: folder.path,
      publicKey,
      fingerprints: key.keys.map(({ fingerprint }) => fingerprint),
      detached: signatures,
      inside: embedded,
    },
    host,
  );
  const lists = checksums.map(({ name }) => name);
  host.log.info(signingLine({ detached: signatures.length, files: everything.length, lists, embedded, programs }));

  const manifestDigest = await writeManifest(join(folder.path, manifestName), manifest);
  await folder.finish();
  const files = { plan, checksums, detached: everything, embedded };
  host.summary.add(signingSummary(signingReport({ keys: key.keys, throwAway: key.throwAway, ...files, inputs, programs })));
  return {
    // Two subkeys of one key have one.
    fingerprint: [...new Set(key.keys.map(({ fingerprint }) => fingerprint))].join('\n'),
    manifest: join(output, manifestName),
    manifestDigest,
    publicKey: join(output, keyFileNames(inputs.keyName).armored),
    checksums: checksums.map(({ name }) => join(output, name)).join('\n'),
    signatures: signatures.map(({ signature }) => join(output, basename(signature))).join('\n'),
    verified: '',
  };
}
