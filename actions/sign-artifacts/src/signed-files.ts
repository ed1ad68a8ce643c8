import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { type SigningKey, signContent } from '@release-kit/openpgp';
import { writeWhole } from './output-file.ts';
import type { SignedFile } from './signing-plan.ts';

export interface FileSignature extends SignedFile {
  /** Absolute path of the detached signature. */
  readonly signature: string;
}

/** Writes a detached signature by all keys for each file into `output`. */
export async function signFiles(
  files: readonly SignedFile[],
  output: string,
  keys: readonly SigningKey[],
  host: Host,
): Promise<readonly FileSignature[]> {
  const signed: FileSignature[] = [];
  for (const each of files) {
    host.signal.throwIfAborted();
    host.progress.update(`signing ${each.name}`);
    const signature = join(output, `${each.name}.asc`);
    const { armored } = await signContent(keys, { file: each.file }, host.clock.now());
    await writeWhole(signature, armored);
    host.log.debug(`signed ${each.name}`);
    signed.push({ ...each, signature });
  }
  return signed;
}
