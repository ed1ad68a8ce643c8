import { basename, join } from 'node:path';
import type { Host, InputsOf, OutputsOf } from '@release-kit/action';
import { namesToSign } from '@release-kit/github/asset-name';
import { manifestName, openPackages, writeManifest } from '@release-kit/manifest';
import { formatChecksums, keyFileNames, verifyWithGpgv } from '@release-kit/openpgp';
import { embedSignatures } from './embedding.ts';
import { chooseKey } from './key-choice.ts';
import { writeWhole } from './output-file.ts';
import { writePublicKey } from './public-key.ts';
import { signFiles } from './signed-files.ts';
import { openSignedFolder, signedFolderName } from './signed-folder.ts';
import { checksumsName, planSigning, type SignedFile } from './signing-plan.ts';
import { signingSummary } from './signing-summary.ts';
import type { spec } from './spec.ts';

/** Mode sign: checks the files against the manifest, signs them and SHA256SUMS, and verifies every signature with the real gpgv. */
export async function sign(inputs: InputsOf<typeof spec>, host: Host): Promise<OutputsOf<typeof spec>> {
  const key = await chooseKey(inputs, host);
  await using packages = await openPackages(inputs.manifest, inputs.manifestDigest, host);
  host.log.info(`every file is as ${manifestName} lists it (${packages.manifest.files.length})`);
  const output = inputs.output ?? join(packages.place, signedFolderName);
  await using folder = await openSignedFolder(output, packages.folder);
  const { manifest } = await embedSignatures(
    packages.manifest,
    { from: packages.folder, to: folder.path },
    { key: key.signing, time: host.clock.now(), controlFiles: inputs.controlFiles, debSignature: inputs.debSignature },
    host,
  );
  const plan = planSigning(manifest.files, folder.path, inputs.keyName);

  const publicKey = await writePublicKey(folder.path, inputs.keyName, [key.signing], host.clock.now());
  const checksums = join(folder.path, checksumsName);
  await writeWhole(checksums, formatChecksums(plan.map(({ name, sha256 }) => ({ name, digest: sha256 }))));
  const own = new Set(namesToSign(plan.map(({ name }) => name)));
  const everything: readonly SignedFile[] = [
    ...plan.filter(({ name }) => own.has(name)),
    { name: checksumsName, file: checksums, sha256: '' },
  ];
  const signatures = await signFiles(everything, folder.path, [key.signing], host);
  for (const { file, signature } of signatures) await verifyWithGpgv(host, { publicKey, signature, file });
  host.log.info(
    `${signatures.length} signatures made, one of them of ${checksumsName}; each verified by gpgv with nothing but the public key`,
  );

  const manifestDigest = await writeManifest(join(folder.path, manifestName), manifest);
  await folder.finish();
  host.summary.add(signingSummary(key, everything));
  return {
    fingerprint: key.signing.fingerprint,
    manifest: join(output, manifestName),
    manifestDigest,
    publicKey: join(output, keyFileNames(inputs.keyName).armored),
    checksums: join(output, checksumsName),
    signatures: signatures.map(({ signature }) => join(output, basename(signature))).join('\n'),
  };
}
