import { lstat, open, readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';
import { storing } from '@release-kit/action/whole-file';
import { isPlainFileName } from './file-name.ts';
import { blockSize, tarHeader } from './tar-header.ts';
import { TarReader } from './tar-reader.ts';

/** As many as a manifest may list, and the manifest itself. */
const maxEntries = 10_001;
const pieceSize = 1024 * 1024;

/**
 * Puts plain files of a folder into one tar archive, because an artifact keeps no modes. The same files make the same bytes:
 * sorted, owner 0, mode 0644 or 0755, all of one time (seconds since 1970). It is not compressed: packages are already.
 * Throws E_NAME for a name that is not plain, E_MANIFEST for what is no regular file.
 */
export async function packFiles(archive: string, folder: string, names: readonly string[], time: number): Promise<void> {
  await using output = await open(archive, 'wx', 0o644);
  for (const name of names.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))) {
    if (!isPlainFileName(name)) throw new UserError('E_NAME', `"${inertLine(name)}" is not a plain file name`);
    const file = join(folder, name);
    const stats = await lstat(file);
    if (!stats.isFile()) throw new UserError('E_MANIFEST', `${name} is not a regular file`, { place: { file } });
    await output.writeFile(tarHeader({ name, size: stats.size, mode: stats.mode & 0o111 ? 0o755 : 0o644, time }));
    await using input = await open(file, 'r');
    const piece = Buffer.allocUnsafe(pieceSize);
    let left = stats.size;
    while (left > 0) {
      const { bytesRead } = await input.read(piece, 0, Math.min(left, pieceSize));
      if (bytesRead === 0) throw new UserError('E_MANIFEST', `${name} became shorter while it was packed`, { place: { file } });
      // Not write(): near the end of a disk it may write less, and say so in a number only.
      await output.writeFile(piece.subarray(0, bytesRead));
      left -= bytesRead;
    }
    await output.writeFile(Buffer.alloc((blockSize - (stats.size % blockSize)) % blockSize));
  }
  await output.writeFile(Buffer.alloc(2 * blockSize));
}

/**
 * Takes the files of an archive out into an empty folder; returns their names. The archive may come from anywhere: regular files
 * with plain names only, each once; no links, no folders, nothing that another program would have to be trusted with.
 * Nothing can grow: an archive that is not compressed holds all it makes. Throws E_MANIFEST, and as storageError.
 */
export async function unpackFiles(archive: string, folder: string): Promise<readonly string[]> {
  await using input = await open(archive, 'r');
  const reader = new TarReader(input, archive);
  const keys = new Set<string>();
  const names: string[] = [];
  for (;;) {
    const entry = await reader.next();
    if (entry === undefined) return names;
    const { name, mode, time } = entry;
    // Where upper and lower case are the same, the second file would replace the first.
    const key = name.toLowerCase();
    if (keys.has(key)) throw reader.problem(`it holds ${name} twice`);
    if (names.length >= maxEntries) throw reader.problem(`it holds more than ${maxEntries} files`);
    keys.add(key);
    names.push(name);
    const file = join(folder, name);
    await storing(file, async () => {
      await using output = await open(file, 'wx', mode & 0o111 ? 0o755 : 0o644);
      for await (const piece of reader.content(entry)) await output.writeFile(piece);
    });
    await utimes(file, time, time);
  }
}

/** The one archive of a folder; undefined when there is none. Throws E_MANIFEST when there are several. */
export async function archiveIn(folder: string): Promise<string | undefined> {
  const [first, ...more] = (await readdir(folder)).filter((name) => name.endsWith('.tar')).sort();
  if (first !== undefined && more.length > 0)
    throw new UserError(
      'E_MANIFEST',
      `the folder holds ${more.length + 1} archives: ${[first, ...more].map(inertLine).slice(0, 5).join(', ')}`,
      {
        place: { file: folder },
        cure: 'Name one of them.',
      },
    );
  return first === undefined ? undefined : join(folder, first);
}
