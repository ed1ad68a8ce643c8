import { join } from 'node:path';
import { type Host, writeWhole } from '@release-kit/action';
import type { FileSigner } from '@release-kit/openpgp';
import type { SignedFile } from './signing-plan.ts';

/** Of detached signatures: `asc` is armored, `sig` the same in binary. */
export const signatureForms = ['asc', 'sig'] as const;
export type SignatureForm = (typeof signatureForms)[number];

export interface FileSignature extends SignedFile {
  /** Absolute path of the detached signature. */
  readonly signature: string;
}

/** Writes detached signatures by all keys of the signer into `folder` (absolute), for each file in each form. E_DIGEST, and what the keys say. */
export async function signFiles(
  files: readonly SignedFile[],
  forms: readonly SignatureForm[],
  folder: string,
  signer: FileSigner,
  host: Host,
): Promise<readonly FileSignature[]> {
  const signed: FileSignature[] = [];
  for (const each of files) {
    host.signal.throwIfAborted();
    host.progress.update(`signing ${each.name}`);
    const { armored, binary } = await signer.sign(each);
    for (const form of signatureForms.filter((one) => forms.includes(one))) {
      const signature = join(folder, `${each.name}.${form}`);
      await writeWhole(signature, form === 'asc' ? armored : binary);
      signed.push({ ...each, signature });
    }
    host.log.debug(`signed ${each.name}`);
  }
  return signed;
}
