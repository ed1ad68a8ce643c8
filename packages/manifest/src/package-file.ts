import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { readDebArchive } from '@release-kit/debian';

/** Checks the outer structure of a package (absolute path), of which only the headers are read, for it may have gigabytes. Throws E_DEB. */
export async function checkPackageFile(file: string): Promise<void> {
  await using input = await open(file);
  const { size } = await input.stat();
  const read = async (at: number, length: number): Promise<Uint8Array> => {
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await input.read(bytes, 0, length, at);
    return bytes.subarray(0, bytesRead);
  };
  await readDebArchive(size, read, basename(file));
}
