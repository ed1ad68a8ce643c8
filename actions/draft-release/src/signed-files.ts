import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, UserError } from '@release-kit/action';
import { assetNames, namesToSign, type ReleaseFile } from '@release-kit/github';
import { digestFile, type ManifestFile } from '@release-kit/manifest';
import { keyFileNames, parseChecksums, verifyWithGpgv } from '@release-kit/openpgp';

export const checksumsName = 'SHA256SUMS';

/**
 * Everything that is released from the folder (absolute) that sign-artifacts wrote: the manifest's files, SHA256SUMS, the public key, and the signatures. Refuses what
 * sign-artifacts did not sign in exactly this form: signatures of an earlier build must not be released with a later one,
 * nor those of another key than the one with this fingerprint, when it is given.
 */
export async function signedFiles(
  files: readonly ManifestFile[],
  folder: string,
  keyName: string,
  fingerprint: string | undefined,
  host: Host,
): Promise<readonly ReleaseFile[]> {
  const finals = assetNames(files.map(({ path }) => path));
  const built = files.map(({ path, size, sha256 }) => ({ name: finals.get(path) ?? path, file: join(folder, path), size, sha256 }));
  const checksums = await beside(folder, checksumsName);
  checkChecksums(built, await readFile(checksums.file, 'utf8'));
  const key = keyFileNames(keyName);
  const publicKey = await readFile(await placeOf(folder, key.armored), 'utf8');
  const own = new Set(namesToSign(built.map(({ name }) => name)));
  const signatures: ReleaseFile[] = [];
  for (const { name, file } of [...built.filter((one) => own.has(one.name)), checksums]) {
    const signature = await beside(folder, `${name}.asc`);
    await verifyWithGpgv(host, { publicKey, signature: signature.file, file, fingerprint });
    signatures.push(signature);
  }
  host.log.info(`every file is as ${checksumsName} lists it: ${built.length}; signatures that verify: ${signatures.length}`);
  return [...built, checksums, await beside(folder, key.armored), await beside(folder, key.binary), ...signatures];
}

function checkChecksums(built: readonly ReleaseFile[], text: string): void {
  const listed = parseChecksums(text, checksumsName);
  const expected = new Map(built.map(({ name, sha256 }) => [name, sha256]));
  for (const { name, digest } of listed) {
    if (expected.get(name) !== digest)
      throw stale(
        `${checksumsName} lists ${name} ${expected.has(name) ? 'with another digest than the manifest' : 'which the manifest does not'}`,
      );
    expected.delete(name);
  }
  const [missing] = expected.keys();
  if (missing !== undefined) throw stale(`${checksumsName} does not list ${missing}`);
}

function stale(message: string): UserError {
  return new UserError('E_DIGEST', message, { cure: 'Run sign-artifacts again, on the files that are to be released.' });
}

async function beside(folder: string, name: string): Promise<ReleaseFile> {
  const file = await placeOf(folder, name);
  return { name, file, ...(await digestFile(file)) };
}

/** A plain file in the folder: a link could lead to a file that nobody meant to publish. */
async function placeOf(folder: string, name: string): Promise<string> {
  const file = join(folder, name);
  const found = await lstat(file).catch((error: unknown) => {
    throw new UserError('E_PATH', `${name} is not in the folder of the assets`, {
      cause: error,
      cure: 'Run sign-artifacts first, with the same folder.',
    });
  });
  if (!found.isFile()) throw new UserError('E_PATH', `${name} in the folder of the assets is not a plain file`);
  return file;
}
