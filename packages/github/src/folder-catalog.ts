import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError, writeTogether } from '@release-kit/action';
import { type FolderRecord, notesName, readNotes, readRelease, recordName, recordText } from './folder-content.ts';
import type { KnownRelease, ReleaseCatalog } from './release-catalog.ts';
import { markOf } from './release-mark.ts';

/** The one release of a folder: what is done to it is recorded in `release.json` and `notes.md`. It has no tags and no other releases. */
export function folderCatalog(folder: string): ReleaseCatalog {
  const list = async (): Promise<readonly KnownRelease[]> => {
    const record = await readRelease(folder);
    return record === undefined ? [] : [known(folder, record, await readNotes(folder))];
  };
  const read = async (): Promise<KnownRelease> => {
    const [release] = await list();
    if (release === undefined) throw new UserError('E_PATH', `${folder} holds no release`);
    return release;
  };
  return {
    list,
    read,
    async latest() {
      const record = await readRelease(folder);
      return record?.latest === true ? folder : undefined;
    },
    async change(release, { body = release.body, draft, prerelease, latest }) {
      const record = await readRelease(folder);
      if (record === undefined) throw new UserError('E_PATH', `${folder} holds no release`);
      const { mark: _, latest: was, ...before } = record;
      const mark = markOf(body);
      const isLatest = latest ?? was;
      const changed: FolderRecord = {
        ...before,
        ...(draft === undefined ? {} : { draft }),
        ...(prerelease === undefined ? {} : { prerelease }),
        ...(mark === undefined ? {} : { mark }),
        ...(isLatest === undefined || draft === true ? {} : { latest: isLatest }),
      };
      await writeTogether([
        { path: join(folder, notesName), content: body },
        { path: join(folder, recordName), content: recordText(changed) },
      ]);
      return known(folder, changed, body);
    },
    async assets() {
      const record = await readRelease(folder);
      return (record?.assets ?? []).map(({ name, size, sha256 }) => {
        const file = join(folder, name);
        return { id: file, name, size, sha256, url: pathToFileURL(file).href };
      });
    },
    content: async ({ id }) => createReadStream(id),
    publicContent: async ({ id }) => createReadStream(id),
    tagCommit: async () => undefined,
    async pointTag(tag) {
      throw new UserError('E_INPUT', `a folder has no tags, so ${tag} cannot be moved`, { cure: 'Leave pointers out.' });
    },
  };
}

function known(folder: string, { tag, draft, prerelease }: FolderRecord, body: string): KnownRelease {
  return { id: folder, tag, body, draft, prerelease, immutable: false, mark: markOf(body), url: pathToFileURL(folder).href };
}
