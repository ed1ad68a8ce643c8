import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, UserError } from '@release-kit/action';
import { type FileListing, parseBuildinfo, parseChanges, parseDsc } from '@release-kit/debian';
import { parseChecksums } from './checksums.ts';
import type { FileList, ListedDigest } from './file-verdicts.ts';
import { type FolderContent, isControlFile, type Resolve } from './folder-content.ts';

/** Bytes; a list of a million files would be larger. */
const maxList = 32 * 1024 * 1024;

export interface ReadLists {
  readonly lists: readonly FileList[];
  /** Name of a list that cannot be read -> why, in words. */
  readonly unread: ReadonlyMap<string, string>;
}

/** The checksum files of a folder (absolute). */
export async function readSums(folder: string, sums: FolderContent['sums'], resolve: Resolve): Promise<ReadLists> {
  return collect(sums, async ({ name, algorithm }) => {
    const entries = parseChecksums(await readText(folder, name), name, algorithm);
    return { name, kind: 'sums', entries: new Map(entries.map((entry) => [resolve(entry.name), { algorithm, digest: entry.digest }])) };
  });
}

/** The .changes, .dsc and .buildinfo files among the names. */
export async function readControlLists(folder: string, names: readonly string[], resolve: Resolve): Promise<ReadLists> {
  const control = names.filter(isControlFile).map((name) => ({ name }));
  return collect(control, async ({ name }) => {
    const { files } = parseControlList(await readText(folder, name), name);
    const entries = files.map((file): [string, ListedDigest] => [
      resolve(file.name),
      { algorithm: 'sha256', digest: file.sha256, size: file.size },
    ]);
    return { name, kind: 'control', entries: new Map(entries) };
  });
}

function parseControlList(text: string, name: string): FileListing {
  if (name.endsWith('.dsc')) return parseDsc(text, name);
  return name.endsWith('.changes') ? parseChanges(text, name) : parseBuildinfo(text, name);
}

async function readText(folder: string, name: string): Promise<string> {
  const file = join(folder, name);
  if ((await stat(file)).size > maxList) throw new UserError('E_DIGEST', 'it is far too large for a list');
  return readFile(file, 'utf8');
}

/** A list that cannot be read is a fault of that list; the others still count. */
async function collect<T extends { readonly name: string }>(items: readonly T[], read: (item: T) => Promise<FileList>): Promise<ReadLists> {
  const lists: FileList[] = [];
  const unread = new Map<string, string>();
  for (const item of items) {
    try {
      lists.push(await read(item));
    } catch (error) {
      const code = codeOf(error);
      if (code === undefined) throw error;
      if (!(error instanceof UserError)) {
        unread.set(item.name, `it cannot be read: ${code}`);
        continue;
      }
      const line = error.place?.line === undefined ? '' : `line ${error.place.line}: `;
      unread.set(item.name, `${line}${error.message}`);
    }
  }
  return { lists, unread };
}
