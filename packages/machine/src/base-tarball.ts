import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CommandError, type Host } from '@release-kit/action';

/**
 * The remote cache (GitHub's, on a runner) keeps a base system as one zstd tarball with its checksum beside it.
 * Its key holds the day: an entry cannot be replaced, and one that is a day old is compared with the archive like any other.
 */
function remoteKey(host: Host, key: string): string {
  return `release-kit-base-${key}-${new Date(host.clock.now()).toISOString().slice(0, 10)}`;
}

/** The folder is part of the entry's identity in GitHub's cache, so it has to be the same for both directions. */
const packedFolder = (host: Host, key: string): string => join(host.files.cache, 'packed', key);

/** Unpacks the remote cache's entry into `root` (created). False when there is none or it is damaged. */
export async function restoreRoot(host: Host, root: string, key: string): Promise<boolean> {
  if (host.remoteCache === undefined) return false;
  const folder = packedFolder(host, key);
  try {
    if (!(await host.remoteCache.restore(folder, remoteKey(host, key)))) return false;
    if (await unpack(host, folder, root)) return true;
    host.log.warning(`The remote cache's entry for the base system ${key} is damaged and is not used.`);
    await rm(root, { recursive: true, force: true });
    return false;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Saves a root in the remote cache. A failure is said and is none of the caller's concern. */
export async function saveRoot(host: Host, root: string, key: string): Promise<void> {
  if (host.remoteCache === undefined) return;
  const folder = packedFolder(host, key);
  try {
    await pack(host, root, folder);
    await host.remoteCache.save(folder, remoteKey(host, key));
  } catch (error) {
    if (host.signal.aborted) throw error;
    host.log.warning(
      `The base system ${key} could not be saved in the remote cache: ${error instanceof Error ? error.message : String(error)}`,
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
