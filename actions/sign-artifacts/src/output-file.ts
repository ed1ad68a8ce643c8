import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes a file under another name first, so that a full disk leaves no half signature that a later step would publish. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await writeFile(partial, content, { mode: 0o644 });
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
