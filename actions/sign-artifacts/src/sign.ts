import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host, InputsOf, OutputsOf } from '@release-kit/action';
import { namesToSign } from '@release-kit/github/asset-name';
import { manifestName, openPackages } from '@release-kit/manifest';
import { formatChecksums, publicKeyArmored, verifyWithGpgv } from '@release-kit/openpgp';
import { chooseKey } from './key-choice.ts';
import { writeWhole } from './output-file.ts';
import { signFiles } from './signed-files.ts';
import { checksumsName, planSigning, publicKeyName, type SignedFile } from './signing-plan.ts';
import { signingSummary } from './signing-summary.ts';
import type { spec } from './spec.ts';

/** Mode sign: checks the files against the manifest, signs them and SHA256SUMS, and verifies every signature with the real gpgv. */
export async function sign(inputs: InputsOf<typeof spec>, host: Host): Promise<OutputsOf<typeof spec>> {
  const key = await chooseKey(inputs, host);
  await using packages = await openPackages(inputs.manifest, inputs.manifestDigest, host);
  const { folder, manifest } = packages;
  const output = inputs.output ?? packages.place;
  host.log.info(`every file is as ${manifestName} lists it (${manifest.files.length})`);
  const plan = planSigning(manifest.files, folder);

  await mkdir(output, { recursive: true });
  const publicKey = await publicKeyArmored(key.signing);
  const publicKeyFile = join(output, publicKeyName);
  const checksums = join(output, checksumsName);
  await writeWhole(publicKeyFile, publicKey);
  await writeWhole(checksums, formatChecksums(plan));
  const own = new Set(namesToSign(plan.map(({ name }) => name)));
  const everything: readonly SignedFile[] = [
    ...plan.filter(({ name }) => own.has(name)),
    { name: checksumsName, file: checksums, sha256: '' },
  ];
  const signatures = await signFiles(everything, output, [key.signing], host);
  for (const { file, signature } of signatures) await verifyWithGpgv(host, { publicKey, signature, file });
  host.log.info(
    `${signatures.length} signatures made, one of them of ${checksumsName}; each verified by gpgv with nothing but the public key`,
  );

  host.summary.add(signingSummary(key, everything));
  const paths = signatures.map(({ signature }) => signature);
  return { fingerprint: key.signing.fingerprint, publicKey: publicKeyFile, checksums, signatures: paths.join('\n') };
}
