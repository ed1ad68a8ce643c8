import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Host, refuseMountPoint, UserError } from '@release-kit/action';
import { type MergedParts, marksOfText, mergedParts } from './draft-text.ts';
import {
  draftNotes,
  earlierDraft,
  type FolderRecord,
  keptNames,
  notesName,
  recordName,
  recordText,
  reservedNames,
} from './folder-content.ts';
import { copyHashed, hashFile } from './hashed-copy.ts';
import type { PlannedRelease, ReleaseStore, StoredRelease } from './release-store.ts';

type FolderHost = Pick<Host, 'log'>;

interface Stage {
  readonly release: PlannedRelease;
  /** Beside the final folder, so that it can be renamed into place. */
  readonly path: string;
  readonly earlier: FolderRecord['assets'];
  readonly waiting: Set<string>;
}

/**
 * The local stand-in for GitHub: a folder with the assets, `notes.md` and `release.json`. It appears at once and whole,
 * when the last planned asset is put; until then an earlier draft of the same tag stays as it was. What people changed of its title or its notes
 * goes over into the new one.
 * Dispose of the store to remove what an interrupted run staged.
 */
export function folderStore(folder: string, host: FolderHost): ReleaseStore & AsyncDisposable {
  let stage: Stage | undefined;
  const discard = async (): Promise<void> => {
    const path = stage?.path;
    stage = undefined;
    if (path !== undefined) await rm(path, { recursive: true, force: true });
  };
  return {
    async preflight(release) {
      await refuseMountPoint(folder);
      await earlierDraft(folder, release.tag);
      const wrong = release.assets.find(({ name }) => reservedNames.includes(name));
      if (wrong !== undefined)
        throw new UserError('E_NAME_COLLISION', `the asset ${wrong.name} would have the name of a file that describes the draft`);
    },
    async draft(release) {
      await discard();
      stage = await openStage(folder, release);
      if (stage.waiting.size === 0) await finish(folder, stage, host);
      return describe(folder, stage.waiting.size === 0 ? folder : stage.path);
    },
    async put(_draft, asset) {
      if (stage === undefined) throw new Error('put before draft');
      const { path, earlier, waiting } = stage;
      const before = earlier.find(({ name }) => name === asset.name);
      if (waiting.has(asset.name)) {
        const copied = await copyHashed(asset.file, join(path, asset.name));
        if (copied.sha256 !== asset.sha256 || copied.size !== asset.size)
          throw new UserError('E_DIGEST', `${asset.name} was changed after it was planned`);
        waiting.delete(asset.name);
        if (waiting.size === 0) await finish(folder, stage, host);
      }
      if (before === undefined) return 'uploaded';
      return before.sha256 === asset.sha256 ? 'kept' : 'replaced';
    },
    read: () => describe(folder, stage === undefined || stage.waiting.size === 0 ? folder : stage.path),
    [Symbol.asyncDispose]: discard,
  };
}

async function openStage(folder: string, release: PlannedRelease): Promise<Stage> {
  const earlier = (await earlierDraft(folder, release.tag))?.assets ?? [];
  await mkdir(dirname(folder), { recursive: true });
  const path = await mkdtemp(join(dirname(folder), `.release-kit-${basename(folder)}-`));
  // mkdtemp makes it private; a release is for everyone who may look into the parent.
  await chmod(path, 0o755);
  return { release, path, earlier, waiting: new Set(release.assets.map(({ name }) => name)) };
}

function recordOf(release: PlannedRelease, { title, marks }: MergedParts): FolderRecord {
  return {
    assets: release.assets.map(({ name, sha256, size }) => ({ name, sha256, size })),
    commit: release.commit ?? null,
    draft: true,
    prerelease: release.prerelease,
    schema: 1,
    tag: release.tag,
    title,
    wrote: marks,
  };
}

/** What people changed in the earlier draft stays; the notes that somebody removed are written anew. */
async function textOf(
  folder: string,
  release: PlannedRelease,
  earlier: FolderRecord | undefined,
  { log }: FolderHost,
): Promise<MergedParts> {
  const found = earlier === undefined ? undefined : await draftNotes(folder);
  if (earlier === undefined || found === undefined)
    return { title: release.title, notes: release.notes, marks: marksOfText(release), kept: [] };
  const text = mergedParts({ title: earlier.title, notes: found }, earlier.wrote ?? { title: undefined, notes: undefined }, release);
  if (text.kept.length > 0) log.info(`the ${text.kept.join(' and the ')} of the draft were changed by hand and stay as they are`);
  return text;
}

/** Renames the complete stage into place; logs and the summary of the pipeline move over from the folder it replaces. */
async function finish(folder: string, { path, release }: Stage, host: FolderHost): Promise<void> {
  // Looked at once more: whatever appeared since is not ours to remove, and what people wrote since is theirs.
  const text = await textOf(folder, release, await earlierDraft(folder, release.tag), host);
  await writeFile(join(path, notesName), text.notes === '' ? '' : `${text.notes}\n`, { mode: 0o644 });
  await writeFile(join(path, recordName), recordText(recordOf(release, text)), { mode: 0o644 });
  if (!existsSync(folder)) return rename(path, folder);
  const replaced = `${path}.replaced`;
  await rename(folder, replaced);
  try {
    await rename(path, folder);
  } catch (error) {
    await rename(replaced, folder);
    throw error;
  }
  for (const name of keptNames) {
    if (existsSync(join(replaced, name))) await rename(join(replaced, name), join(folder, name));
  }
  await rm(replaced, { recursive: true });
}

/** Lists what really lies there, hashed again. */
async function describe(folder: string, place: string): Promise<StoredRelease> {
  const names = (await readdir(place)).filter((name) => !reservedNames.includes(name)).sort();
  const assets = [];
  for (const name of names) assets.push({ name, ...(await hashFile(join(place, name))) });
  return { id: folder, url: pathToFileURL(folder).href, draft: true, assets };
}
