import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Relative path -> SHA-256 of its bytes and its size, sorted by path; only regular files. */
export async function digestFolder(folder: string): Promise<ReadonlyMap<string, { readonly sha256: string; readonly bytes: number }>> {
  const digests = new Map<string, { sha256: string; bytes: number }>();
  for (const entry of (await readdir(folder, { recursive: true })).sort()) {
    const file = join(folder, entry);
    if (!(await stat(file)).isFile()) continue;
    const bytes = await readFile(file);
    digests.set(entry, { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length });
  }
  return digests;
}

/** Paths that are in one folder only or differ in content. */
export async function differences(first: string, second: string): Promise<readonly string[]> {
  const [a, b] = await Promise.all([digestFolder(first), digestFolder(second)]);
  return [...new Set([...a.keys(), ...b.keys()])].sort().filter((path) => a.get(path)?.sha256 !== b.get(path)?.sha256);
}

/** One SHA-256 for a whole built tree, but for the page that is kept by hand: of its paths and the digests of their files. */
export async function treeDigest(tree: string): Promise<string> {
  const hash = createHash('sha256');
  for (const [path, { sha256 }] of await digestFolder(tree)) if (path !== 'README.md') hash.update(`${sha256}  ${path}\n`);
  return hash.digest('hex');
}
