import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, UserError } from '@release-kit/action';
import type { ReleaseFile } from '@release-kit/github';
import { digestFile } from '@release-kit/manifest';

/** A file of the folder (absolute) under its name, with size and digest as they are now. Throws like `placeOf`. */
export async function fileIn(folder: string, name: string): Promise<ReleaseFile> {
  const file = await placeOf(folder, name);
  return { name, file, ...(await digestFile(file)) };
}

/** Absolute path of a plain file in the folder: a link could lead to a file that nobody meant to publish. Throws E_PATH. */
export async function placeOf(folder: string, name: string): Promise<string> {
  const file = join(folder, name);
  const found = await lstat(file).catch((error: unknown) => {
    throw new UserError('E_PATH', `${name} is not in the folder of the assets`, {
      cause: error,
      cure: 'Run sign-artifacts first, and name the folder that it wrote.',
    });
  });
  if (!found.isFile()) throw new UserError('E_PATH', `${name} in the folder of the assets is not a plain file`);
  return file;
}

/** Those of the names under which something lies in the folder, whatever it is. */
export async function namesThere(folder: string, names: readonly string[]): Promise<readonly string[]> {
  const there: string[] = [];
  for (const name of names) {
    try {
      await lstat(join(folder, name));
      there.push(name);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
  }
  return there;
}
