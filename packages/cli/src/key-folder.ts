import { existsSync } from 'node:fs';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf, storageError, UserError } from '@release-kit/action';

/** A file of a key as it is written down. */
export interface KeyFile {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** Readable by its owner only. */
  readonly secret: boolean;
  /** What a person does with it. */
  readonly purpose: string;
}

/**
 * Writes the files into a folder (absolute; made for its owner only when it is not there), whole or not at all. What is there is never
 * overwritten: a key that is lost is lost. E_PATH, E_HOST.
 */
export async function writeKeyFiles(folder: string, files: readonly KeyFile[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(async (error: unknown) => {
    throw await storageError(folder, error);
  });
  const there = files.find(({ name }) => existsSync(join(folder, name)));
  if (there !== undefined) throw alreadyThere(there.name);
  const written: string[] = [];
  try {
    for (const file of files) {
      await writeNew(folder, file);
      written.push(join(folder, file.name));
    }
  } catch (error) {
    await Promise.all(written.map((path) => rm(path)));
    throw error;
  }
}

/** Written and flushed under another name, and linked to its own, which fails where something is. */
async function writeNew(folder: string, { name, content, secret }: KeyFile): Promise<void> {
  const partial = join(folder, `.${name}.partial`);
  try {
    // What a killed run left may be readable by others.
    await rm(partial, { force: true });
    await using file = await open(partial, 'wx', secret ? 0o600 : 0o644);
    await file.chmod(secret ? 0o600 : 0o644);
    await file.writeFile(content);
    await file.sync();
    await link(partial, join(folder, name));
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw alreadyThere(name);
    throw await storageError(join(folder, name), error);
  } finally {
    await rm(partial, { force: true });
  }
}

function alreadyThere(name: string): UserError {
  return new UserError('E_PATH', `${name} is in the folder already, and keys are never overwritten`, {
    cure: 'Name another folder with --output, or another name with --name.',
  });
}

/** Whether a folder lies in a checkout, from where a secret is one `git add` away from everyone. */
export function isInCheckout(folder: string): boolean {
  for (let place = folder; ; place = dirname(place)) {
    if (existsSync(join(place, '.git'))) return true;
    if (place === dirname(place)) return false;
  }
}
