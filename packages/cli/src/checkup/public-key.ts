import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '@release-kit/action';

/** Where projects keep the key that their users trust. */
const folders = ['.', 'keys', 'debian', '.github'];

/** Files of a repository that hold a key by their names, relative to its root. What should not be there is among them: secret parts. */
export async function keyFiles(root: string): Promise<readonly string[]> {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const names = (await namesIn(join(root, folder))).filter((one) => /^(?:public|signing|release|archive)[^/]*\.asc$/.test(one));
      return names.filter((name) => !name.includes('revocation')).map((name) => (folder === '.' ? name : `${folder}/${name}`));
    }),
  );
  return found.flat();
}

/** The public key in a repository, by the names that release-kit key new gives; undefined when there is none. */
export async function findPublicKey(root: string): Promise<string | undefined> {
  return (await keyFiles(root)).find((file) => !/offline|secret/.test(file));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw error;
  }
}
