import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CommandError, type Host } from '@release-kit/action';

/** What the remote cache (GitHub's, on a runner) keeps as one zstd tarball with its checksum beside it. */
export interface Packed {
  readonly kind: 'base system' | 'layer';
  /** Its name in our cache; no other thing has it. */
  readonly key: string;
  /** The remote cache's name for it. An entry cannot be replaced. */
  readonly entry: string;
}

/** The key holds the day: an entry that is a day old is compared with the archive like any other. */
export const packedBase = (host: Host, key: string): Packed => ({
  kind: 'base system',
  key,
  entry: `release-kit-base-${key}-${new Date(host.clock.now()).toISOString().slice(0, 10)}`,
});

/** A layer's key names all that it was made from, so it never changes. */
export const packedLayer = (key: string): Packed => ({ kind: 'layer', key, entry: `release-kit-layer-${key}` });

/** The folder is part of the entry's identity in GitHub's cache, so it has to be the same for both directions. */
const packedFolder = (host: Host, { key }: Packed): string => join(host.files.cache, 'packed', key);

/** Unpacks the remote cache's entry into `root` (created). False when there is none or it is damaged. */
export async function restorePacked(host: Host, root: string, packed: Packed): Promise<boolean> {
  if (host.remoteCache === undefined) return false;
  const folder = packedFolder(host, packed);
  try {
    if (!(await host.remoteCache.restore(folder, packed.entry))) return false;
    if (await unpack(host, folder, root)) return true;
    host.log.warning(`The remote cache's entry for the ${packed.kind} ${packed.key} is damaged and is not used.`);
    await rm(root, { recursive: true, force: true });
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Saves a folder in the remote cache. A failure is said and is none of the caller's concern. */
export async function savePacked(host: Host, root: string, packed: Packed): Promise<void> {
  if (host.remoteCache === undefined) return;
  const folder = packedFolder(host, packed);
  try {
    await pack(host, root, folder);
    await host.remoteCache.save(folder, packed.entry);
  } catch (error) {
    if (host.signal.aborted) throw error;
    host.log.warning(
      `The ${packed.kind} ${packed.key} could not be saved in the remote cache: ${error instanceof Error ? error.message : String(error)}`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const tarball = (folder: string): string => join(folder, 'root.tar.zst');
const checksum = (folder: string): string => join(folder, 'root.tar.zst.sha256');

async function pack(host: Host, root: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await host.exec(
    [
      'tar',
      '--create',
      `--file=${tarball(folder)}`,
      '--use-compress-program=zstd -T0 -3',
      '--numeric-owner',
      '--xattrs',
      // What an overlay notes about the file system it was made on; what it hides stays.
      ...['origin', 'impure', 'uuid'].map((name) => `--xattrs-exclude=trusted.overlay.${name}`),
      '--xattrs-include=*',
      `--directory=${root}`,
      '.',
    ],
    { cwd: '/' },
  );
  await writeFile(checksum(folder), await digest(tarball(folder)));
}

async function unpack(host: Host, folder: string, root: string): Promise<boolean> {
  const expected = await readFile(checksum(folder), 'utf8').catch(() => undefined);
  if (expected === undefined || expected !== (await digest(tarball(folder)).catch(() => undefined))) return false;
  await mkdir(root);
  try {
    await host.exec(
      [
        'tar',
        '--extract',
        `--file=${tarball(folder)}`,
        '--use-compress-program=zstd',
        '--numeric-owner',
        '--xattrs',
        '--xattrs-include=*',
        '--same-permissions',
        `--directory=${root}`,
      ],
      { cwd: '/' },
    );
    return true;
  } catch (error) {
    if (error instanceof CommandError) return false;
    throw error;
  }
}

async function digest(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
