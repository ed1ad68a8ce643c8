import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { UserError } from '@release-kit/action';
import type { ReleaseCatalog, ReleaseStore } from '@release-kit/github';
import { bounded } from '../content-digest.ts';
import type { CandidateFile } from './candidate-files.ts';

/** A store that gets each file from the candidate when it is about to be uploaded, and not before; one that is there already is not fetched. */
export function fetchingStore(store: ReleaseStore, catalog: ReleaseCatalog, files: readonly CandidateFile[]): ReleaseStore {
  const byName = new Map(files.map((file) => [file.name, file]));
  return {
    preflight: (release) => store.preflight(release),
    draft: (release) => store.draft(release),
    read: (draft) => store.read(draft),
    async put(draft, asset) {
      const file = byName.get(asset.name);
      const there = draft.assets.find(({ name }) => name === asset.name);
      if (file === undefined || (there?.size === asset.size && there.sha256 === asset.sha256)) return await store.put(draft, asset);
      try {
        await fetchFile(file, catalog);
        return await store.put(draft, asset);
      } finally {
        await rm(file.file, { force: true });
      }
    },
  };
}

/** Compared on the way, so that what arrived otherwise is never uploaded. E_DIGEST, E_GITHUB. */
export async function fetchFile({ name, file, size, sha256, asset }: CandidateFile, catalog: ReleaseCatalog): Promise<void> {
  const hash = createHash('sha256');
  const pieces = await catalog.content(asset);
  await pipeline(async function* () {
    for await (const piece of bounded(pieces, size)) {
      hash.update(piece);
      yield piece;
    }
  }, createWriteStream(file));
  if (hash.digest('hex') !== sha256)
    throw new UserError('E_DIGEST', `${name} of the candidate does not arrive as GitHub says that it is`, {
      cure: 'Run again; if it happens again, do not promote it, and find out who changed it.',
    });
}
