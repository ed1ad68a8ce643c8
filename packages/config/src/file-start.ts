import { open } from 'node:fs/promises';

/**
 * The start of a file: at most one byte more than `most`, whatever the file's size, so that the caller can tell a file that is
 * too large. Throws what the system says.
 */
export async function readStart(file: string, most: number): Promise<Uint8Array> {
  await using handle = await open(file, 'r');
  const buffer = Buffer.alloc(most + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
    length += bytesRead;
    if (bytesRead === 0 || length === buffer.length) return buffer.subarray(0, length);
  }
}
