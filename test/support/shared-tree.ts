import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '@release-kit/action';
import { digestFolder } from '../../scripts/building/digest.ts';
import { emptyRepository, publishInto } from './published-tree.ts';

const root = join(import.meta.dirname, '../..');
/** `owner/name` that the sources and the examples use, and the tag that they follow. */
const repository = 'release-kit/release-kit';
const version = 'v1.0.0';

/** A tree that was published to this disk and that many test files use at once: nobody may change it. */
export interface SharedTree {
  /** Absolute; a bare repository with the tags. */
  readonly remote: string;
  /** `owner/name` that callers write. */
  readonly repository: string;
}

export interface SharedTreeOptions {
  readonly dist?: string;
  readonly workflows?: string;
  /** Absolute; holds a folder for each tree that was published. */
  readonly store?: string;
}

/** Milliseconds; a tree that nobody asked for as long as that is removed when another is made. */
const kept = 24 * 60 * 60 * 1000;

/**
 * Publishes what was built with the workflows of this tree, unless another test did that with the same bytes. Its folder is named after them, and
 * appears whole or not at all, so that files that run at the same time may ask for it.
 */
export async function sharedTree(options: SharedTreeOptions = {}): Promise<SharedTree> {
  const { dist = join(root, 'dist'), workflows = join(root, '.github', 'workflows'), store = join(root, '.cache', 'published') } = options;
  const remote = join(store, await keyOf(dist, workflows));
  if (await used(remote)) return { remote, repository };
  await mkdir(store, { recursive: true });
  await removeForgotten(store);
  const making = await mkdtemp(join(store, 'making-'));
  try {
    const source = { repository: making, commit: await emptyRepository(making, 'sources') };
    await publishInto(making, { dist, workflows, source, repository, version });
    await moved(making, remote);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return { remote, repository };
}

/** Of all that decides about the bytes: what was built, the workflows, and what publishes them. */
async function keyOf(dist: string, workflows: string): Promise<string> {
  const hash = createHash('sha256').update(`${repository} ${version}\n`);
  for (const folder of [dist, workflows, join(root, 'scripts/publishing'), join(root, 'scripts/building')])
    for (const [path, { sha256 }] of [...(await digestFolder(folder)), ['', { sha256: '' }] as const]) hash.update(`${sha256}  ${path}\n`);
  return hash.digest('hex').slice(0, 32);
}

/** Whether it is there; says that it is needed. */
async function used(folder: string): Promise<boolean> {
  const now = new Date();
  return utimes(folder, now, now).then(() => true, absent);
}

/** Another file may have been quicker: its tree has the same bytes. */
async function moved(from: string, to: string): Promise<void> {
  await rename(from, to).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
  });
}

async function removeForgotten(store: string): Promise<void> {
  for (const name of await readdir(store)) {
    const folder = join(store, name);
    const changed = await stat(folder).then(({ mtimeMs }) => mtimeMs, absent);
    if (changed !== false && Date.now() - changed > kept) await rm(folder, { recursive: true, force: true });
  }
}

function absent(error: unknown): false {
  if (codeOf(error) !== 'ENOENT') throw error;
  return false;
}
