import { constants } from 'node:fs';
import { chmod, copyFile, link, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf, inertLine, innerPath, refuseMountPoint, storing, UserError } from '@release-kit/action';
import { manifestName } from '@release-kit/manifest';

/** Where the default output lies, seen from the packages. */
export const signedFolderName = 'signed';

/** In the making; removed on disposal unless it was finished. */
export interface SignedFolder extends AsyncDisposable {
  /** Absolute; everything is written here first. */
  readonly path: string;
  /** Puts the whole folder in its final place, in the stead of what an earlier run left there. */
  finish(): Promise<void>;
}

/**
 * The folder of what is released: the manifest's files, their new manifest, sums, signatures and the public key. It is made beside
 * `output` (absolute) and renamed at the end, so there is a whole one, the old one, or none; `packages`, the folder they come from, is
 * never changed, so that an interrupted or repeated run finds what was built. Throws E_PATH for an output that holds anything else,
 * and as `storageError`.
 */
export async function openSignedFolder(output: string, packages: string): Promise<SignedFolder> {
  await refuseMountPoint(output);
  await checkOutput(output, packages);
  const path = await storing(output, async () => {
    await mkdir(dirname(output), { recursive: true });
    const made = await mkdtemp(join(dirname(output), `.release-kit-${basename(output)}-`));
    // mkdtemp makes it private; what is in it is for everyone who may look into the parent.
    await chmod(made, 0o755);
    return made;
  });
  return {
    path,
    async finish() {
      // Looked at once more: whatever appeared since is not ours to remove.
      const earlier = await checkOutput(output, packages);
      const replaced = `${path}.replaced`;
      if (earlier) await rename(output, replaced);
      try {
        await rename(path, output);
      } catch (error) {
        if (earlier) await rename(replaced, output);
        throw error;
      }
      await rm(replaced, { recursive: true, force: true });
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }),
  };
}

/** Says whether the output is there. */
async function checkOutput(output: string, packages: string): Promise<boolean> {
  if (innerPath(output, packages) !== undefined) {
    throw new UserError('E_PATH', 'the signed files would replace the folder that they are made from', {
      cure: `Name another folder as output, or none: then it is ${signedFolderName} beside the manifest.`,
    });
  }
  const names = await readdir(output).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new UserError('E_PATH', `${inertLine(basename(output))} cannot be the folder of the signed files: ${codeOf(error)}`, {
      place: { file: output },
      cause: error,
    });
  });
  if (names === undefined) return false;
  const earlier = names.includes(manifestName) && names.some((name) => /^[A-Z0-9]+SUMS$/.test(name));
  const [stranger] = names;
  if (stranger !== undefined && !earlier) {
    throw new UserError('E_PATH', `${inertLine(basename(output))} holds ${inertLine(stranger)}, but no files that were signed earlier`, {
      place: { file: output },
      cure: 'Name a new or empty folder as output.',
    });
  }
  return true;
}

/**
 * The same file in another folder: a hard link, as packages may be large; a copy where there can be none (another disk, or a file of
 * somebody else's).
 */
export async function layFile(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error;
    await storing(to, () => copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE));
  }
}
