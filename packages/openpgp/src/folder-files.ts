import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, inertLine, UserError } from '@release-kit/action';
import { parseTrustedKeys } from './trusted-keys.ts';

/** Names in a folder; text of strangers. */
export interface FolderNames {
  /** Of plain files. */
  readonly plain: readonly string[];
  /** Of links, folders and whatever else. */
  readonly other: readonly string[];
}

/** Sorted. Throws E_PATH. */
export async function namesIn(folder: string): Promise<FolderNames> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new UserError('E_PATH', `the folder ${inertLine(folder)} cannot be read: ${codeOf(cause)}`, { cause });
  });
  const sorted = entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const names = (isPlain: boolean): readonly string[] => sorted.filter((entry) => entry.isFile() === isPlain).map(({ name }) => name);
  return { plain: names(true), other: names(false) };
}

/** Enough to tell a signature, a signed text and a key apart. */
const headBytes = 4096;

/** How the files with OpenPGP in them begin, by name; Latin-1. */
export async function readHeads(folder: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const heads = new Map<string, string>();
  for (const name of names) {
    if (!/(?:\.(?:asc|sig|gpg|pgp|dsc|changes|buildinfo)|^InRelease)$/.test(name)) continue;
    const head = await readHead(join(folder, name));
    if (head !== undefined) heads.set(name, head);
  }
  return heads;
}

/** undefined for what may not be read; whoever needs its content says so. */
async function readHead(path: string): Promise<string | undefined> {
  try {
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return undefined;
  }
}

/** Begins with a text signed in the clear (RFC 9580, section 7). */
export function isClearSigned(head: string | undefined): boolean {
  return head?.startsWith('-----BEGIN PGP SIGNED MESSAGE-----') === true;
}

export function isDetachedSignature(name: string, head: string | undefined): boolean {
  return name.endsWith('.sig') || head?.includes('-----BEGIN PGP SIGNATURE-----') === true;
}

/** Bytes; a key that somebody publishes is much smaller. */
const maxKey = 256 * 1024;

/** Whether a file is a public key, and holds none but those with these fingerprints. */
export async function holdsOnlyKeys(folder: string, name: string, fingerprints: ReadonlySet<string>): Promise<boolean> {
  if (!/\.(?:asc|gpg|pgp)$/.test(name)) return false;
  const file = join(folder, name);
  if ((await stat(file)).size > maxKey) return false;
  try {
    const keys = await parseTrustedKeys(await readFile(file), 'a key');
    return keys.every(({ fingerprint }) => fingerprints.has(fingerprint));
  } catch (error) {
    // Not a key, or not readable: then it is an ordinary file.
    if (codeOf(error) === undefined) throw error;
    return false;
  }
}
