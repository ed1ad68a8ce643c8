import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { inertLine, UserError } from '@release-kit/action';
import type { KnownAsset, KnownRelease, ReleaseCatalog, ReleaseFile } from '@release-kit/github';
import { checksumFiles, parseChecksums } from '@release-kit/openpgp';
import { bounded, digestOf } from '../content-digest.ts';

/** A file of a release, and where to get it. */
export interface CandidateFile extends ReleaseFile {
  readonly asset: KnownAsset;
}

export interface Candidate {
  readonly files: readonly CandidateFile[];
  /** The names that its SHA256SUMS lists; undefined without one. */
  readonly listed: ReadonlySet<string> | undefined;
}

/** Lists and attestations are small; more than this is none. */
const maxSmallBytes = 4 * 1024 * 1024;

/**
 * What a candidate consists of, with sizes and digests, checked against its own SHA256SUMS; nothing is written yet. `folder`: where files will lie
 * when they are needed. E_INPUT, E_DIGEST.
 */
export async function candidateFiles(release: KnownRelease, catalog: ReleaseCatalog, folder: string): Promise<Candidate> {
  const assets = await catalog.assets(release);
  if (assets.length === 0) throw new UserError('E_INPUT', `${inertLine(release.tag)} has no assets that could be promoted`);
  const files: CandidateFile[] = [];
  for (const asset of assets) {
    const { name, size } = asset;
    // Older Enterprise Servers say no digest.
    const sha256 = asset.sha256 ?? (await digestOf(await catalog.content(asset), size));
    files.push({ name, file: join(folder, name), size, sha256, asset });
  }
  return { files, listed: await compareWithSums(files, catalog) };
}

/** The content of a small file. E_DIGEST, E_GITHUB. */
export async function contentOf({ name, size, sha256, asset }: CandidateFile, catalog: ReleaseCatalog): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bounded(await catalog.content(asset), Math.min(size, maxSmallBytes))) pieces.push(piece);
  const content = Buffer.concat(pieces);
  if (createHash('sha256').update(content).digest('hex') !== sha256)
    throw new UserError('E_DIGEST', `${name} of the candidate is not what GitHub says that it is`);
  return content;
}

async function compareWithSums(files: readonly CandidateFile[], catalog: ReleaseCatalog): Promise<Candidate['listed']> {
  const list = files.find(({ name }) => name === checksumFiles.sha256);
  if (list === undefined) return undefined;
  const content = await contentOf(list, catalog);
  const digests = new Map(files.map(({ name, sha256 }) => [name, sha256]));
  const lines = parseChecksums(content.toString('utf8'), list.name, 'sha256');
  for (const { name, digest } of lines) {
    const found = digests.get(name);
    const what = found === undefined ? 'is not among the assets' : 'has another digest';
    if (found !== digest)
      throw new UserError('E_DIGEST', `${inertLine(name)} ${what}, but ${list.name} of the candidate lists it`, {
        cure: 'Do not promote it; find out who changed the release, and build it again.',
      });
  }
  return new Set(lines.map(({ name }) => name));
}
