import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { writeWhole } from '@release-kit/action';
import { checksumFiles, type FileSigner, formatChecksums, type SumAlgorithm, sumAlgorithms } from '@release-kit/openpgp';
import type { SignedFile } from './signing-plan.ts';

/**
 * Writes a checksum file for each algorithm into `folder` (absolute), over the names that users download; returns them as files that are
 * signed like the others. E_DIGEST for a file that is not what the manifest says.
 */
export async function writeChecksums(
  files: readonly SignedFile[],
  algorithms: readonly SumAlgorithm[],
  folder: string,
  signer: FileSigner,
): Promise<readonly SignedFile[]> {
  const sums = await signer.sumsOf(files);
  const written: SignedFile[] = [];
  // In this order, each once, however they were asked for.
  for (const algorithm of sumAlgorithms.filter((each) => algorithms.includes(each))) {
    const lines = files.map(({ name }, index) => {
      const digest = sums[index]?.[algorithm];
      if (digest === undefined) throw new Error(`${name} has no ${algorithm}`);
      return { name, digest };
    });
    const name = checksumFiles[algorithm];
    const file = join(folder, name);
    const text = formatChecksums(lines);
    await writeWhole(file, text);
    written.push({ name, file, size: Buffer.byteLength(text), sha256: createHash('sha256').update(text).digest('hex') });
  }
  return written;
}
