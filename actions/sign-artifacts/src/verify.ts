import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Host, type InputsOf, inertLine, type OutputsOf, prepareReports, UserError, writeReports } from '@release-kit/action';
import { assetName } from '@release-kit/github/asset-name';
import { manifestName, readManifest } from '@release-kit/manifest';
import { type FolderRequest, type FolderVerification, verifyFolder } from '@release-kit/openpgp';
import { signedFolderName } from './signed-folder.ts';
import type { spec } from './spec.ts';
import { chooseTrust } from './trust.ts';
import { verificationReport } from './verification-report.ts';
import { verificationError, verificationLines, verificationSummary } from './verification-text.ts';

type Inputs = InputsOf<typeof spec>;

/**
 * Mode verify, for users and for later jobs: verifies a folder of signed files, or one file, with a key that somebody said is to be trusted, and tells
 * of each file what vouches for it. Throws E_SIGNATURE (E_DIGEST where no signatures are looked at) after everything was told.
 */
export async function verify(inputs: Inputs, host: Host): Promise<OutputsOf<typeof spec>> {
  await prepareReports({ report: inputs.report });
  const place = await placeToVerify(inputs);
  const keys = await chooseTrust(inputs, place.folder, host);
  const manifest = await manifestIn(place.folder, inputs.manifestDigest);
  const verification = await verifyFolder({ ...place, keys, need: 'any', manifest, publishedName }, host);
  await tell(verification, inputs.report, host);
  const outputs = outputsOf(verification);
  if (!verification.passed) throw verificationError(verification, { ...outputs });
  host.log.info(`verified: ${verification.files.filter(({ covered }) => covered).length} files, nothing is wrong`);
  return outputs;
}

async function placeToVerify({ signedFiles, output, manifest }: Inputs): Promise<Pick<FolderRequest, 'folder' | 'only'>> {
  const path = signedFiles ?? output ?? join(dirname(manifest), signedFolderName);
  const info = await stat(path).catch((cause: unknown) => {
    throw new UserError('E_PATH', `${inertLine(path)} is not there, so there is nothing to verify`, {
      cause,
      cure: 'Name the folder of the signed files, or one of them: input signed-files.',
    });
  });
  return info.isDirectory() ? { folder: path } : { folder: dirname(path), only: basename(path) };
}

/** Its digests; they vouch for files only when its own digest came by another way, such as the output of a job. */
async function manifestIn(folder: string, digest: string | undefined): Promise<FolderRequest['manifest']> {
  const file = join(folder, manifestName);
  const there = await stat(file).then(
    (info) => info.isFile(),
    () => false,
  );
  if (!there && digest === undefined) return undefined;
  const { files } = await readManifest(file, { digest });
  return { digests: new Map(files.map(({ path, sha256 }) => [path, sha256])), trusted: digest !== undefined };
}

/** Names that could not be published are left as they are. */
function publishedName(name: string): string {
  try {
    return assetName(name);
  } catch (error) {
    if (error instanceof UserError) return name;
    throw error;
  }
}

async function tell(verification: FolderVerification, report: string | undefined, host: Host): Promise<void> {
  for (const line of verificationLines(verification)) host.log.info(line);
  host.summary.add(verificationSummary(verification));
  if (report !== undefined) await writeReports([{ path: report, text: verificationReport(verification) }]);
}

function outputsOf({ files, keys }: FolderVerification): OutputsOf<typeof spec> {
  const verified = files.filter(({ covered }) => covered).map(({ name }) => inertLine(name));
  return {
    fingerprint: keys?.join('\n') ?? '',
    manifest: '',
    manifestDigest: '',
    publicKey: '',
    checksums: '',
    signatures: '',
    verified: verified.join('\n'),
  };
}
