import { join } from 'node:path';
import { UserError } from '@release-kit/action';
import { assetNames, namesToSign } from '@release-kit/github/asset-name';
import { type ManifestFile, manifestName } from '@release-kit/manifest';
import { checksumFiles, keyFileNames } from '@release-kit/openpgp';
import type { SignatureForm } from './signed-files.ts';

export interface SignedFile {
  /** As users download it; the checksum file and the signature are made over this name. */
  readonly name: string;
  /** Absolute path, under the true name. */
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

export interface PlanInputs {
  /** Of the public key's files. */
  readonly keyName: string;
  readonly signatures: readonly SignatureForm[];
}

/**
 * What is signed, sorted by final name: every file of the manifest. No name that is written beside them may be one of theirs, since it would take
 * the place of a package. E_MANIFEST, E_NAME, E_NAME_COLLISION.
 */
export function planSigning(files: readonly ManifestFile[], folder: string, { keyName, signatures }: PlanInputs): readonly SignedFile[] {
  if (files.length === 0) throw new UserError('E_MANIFEST', 'the manifest lists no files, so there is nothing to sign');
  const lists = Object.values(checksumFiles);
  const written = [manifestName, ...lists, ...Object.values(keyFileNames(keyName))];
  const finals = assetNames([...written, ...files.map(({ path }) => path)]);
  const plan = files.map(({ path, size, sha256 }) => ({ name: finals.get(path) ?? path, file: join(folder, path), size, sha256 }));
  const names = plan.map(({ name }) => name);
  const signed = [...namesToSign(names), ...lists, keyFileNames(keyName).policy];
  assetNames([...written, ...names, ...signed.flatMap((name) => signatures.map((form) => `${name}.${form}`))]);
  return plan.sort((a, b) => (a.name < b.name ? -1 : 1));
}
