import { join } from 'node:path';
import { UserError } from '@release-kit/action';
import { assetNames } from '@release-kit/github/asset-name';
import { type ManifestFile, manifestName } from '@release-kit/manifest';
import { checksumFiles, keyFileNames } from '@release-kit/openpgp';

export const checksumsName = checksumFiles.sha256;

export interface SignedFile {
  /** As users download it; the checksum file and the signature are made over this name. */
  readonly name: string;
  /** Absolute path, under the true name. */
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

/** What is signed, sorted by final name: every file of the manifest; `keyName`: of the public key's files. E_MANIFEST, E_NAME, E_NAME_COLLISION. */
export function planSigning(files: readonly ManifestFile[], folder: string, keyName: string): readonly SignedFile[] {
  if (files.length === 0) throw new UserError('E_MANIFEST', 'the manifest lists no files, so there is nothing to sign');
  const own = Object.values({ ...checksumFiles, ...keyFileNames(keyName) });
  const finals = assetNames([manifestName, ...own, ...files.map(({ path }) => path)]);
  const plan = files.map(({ path, size, sha256 }) => ({ name: finals.get(path) ?? path, file: join(folder, path), size, sha256 }));
  return plan.sort((a, b) => (a.name < b.name ? -1 : 1));
}
