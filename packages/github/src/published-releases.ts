import { createHash } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { type Host, inertLine, UserError } from '@release-kit/action';
import { readAsset, readRelease } from './github-answers.ts';
import { type GitHubTarget, githubCalls } from './github-calls.ts';

export interface PublishedRelease {
  readonly id: number;
  readonly tag: string;
  readonly prerelease: boolean;
  /** Where a person looks at it. */
  readonly url: string;
}

export interface PublishedAsset {
  readonly id: number;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** undefined where GitHub says none, as older Enterprise Servers. */
  readonly sha256: string | undefined;
}

/** What a repository has published; nothing is written. Each method throws E_TOKEN or E_GITHUB. */
export interface PublishedReleases {
  /** All that are no drafts, as GitHub lists them: newest first. */
  list(): Promise<readonly PublishedRelease[]>;
  /** Those that arrived whole, sorted by name. */
  assets(release: PublishedRelease): Promise<readonly PublishedAsset[]>;
  /** Writes an asset into a new file; E_GITHUB when its size or digest is not as announced. */
  download(asset: PublishedAsset, file: string): Promise<void>;
}

/** How often an asset is sent for: lines break while much is on the way. */
const downloads = 3;

/** The published releases of a repository. Without a token only those of public repositories can be seen. */
export async function publishedReleases(host: Host, target: GitHubTarget): Promise<PublishedReleases> {
  const { repository } = target;
  const { at, pages, content } = await githubCalls(host, target, 'contents: read', 'optional');
  return {
    async list() {
      const releases = await pages(`listing the releases of ${repository}`, 'GET /repos/{owner}/{repo}/releases', at);
      return releases
        .map(readRelease)
        .filter(({ draft }) => !draft)
        .map(({ id, tag, prerelease, url }) => ({ id, tag, prerelease, url }));
    },
    async assets(release) {
      const route = 'GET /repos/{owner}/{repo}/releases/{release_id}/assets';
      const assets = (await pages(`listing the assets of ${inertLine(release.tag)}`, route, { ...at, release_id: release.id })).map(
        readAsset,
      );
      return assets
        .filter(({ state }) => state === 'uploaded')
        .map(({ id, name, size, sha256 }) => ({ id, name, size, sha256 }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    async download(asset, file) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await downloadOnce(asset, file);
        } catch (error) {
          if (tries >= downloads || !(error instanceof UserError) || error.code !== 'E_GITHUB') throw error;
          host.log.debug(`${inertLine(asset.name)} did not arrive as it should: once more`);
          await host.clock.sleep(1000 * tries);
        }
      }
    },
  };

  async function downloadOnce(asset: PublishedAsset, file: string): Promise<void> {
    const route = 'GET /repos/{owner}/{repo}/releases/assets/{asset_id}';
    const pieces = await content(`downloading ${inertLine(asset.name)}`, route, { ...at, asset_id: asset.id });
    // Opened first, so that whatever becomes of the pieces it is this file that is there, or none.
    const opened = await open(file, 'wx', 0o644);
    try {
      await arrive(asset, pieces, opened);
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
  }
}

async function arrive(asset: PublishedAsset, pieces: AsyncIterable<Uint8Array>, file: FileHandle): Promise<void> {
  const hash = createHash('sha256');
  let size = 0;
  await pipeline(async function* () {
    for await (const piece of pieces) {
      hash.update(piece);
      size += piece.length;
      // What never ends must not fill the disk.
      if (size > asset.size) throw notWhole(asset, size);
      yield piece;
    }
  }, file.createWriteStream());
  if (size !== asset.size) throw notWhole(asset, size);
  if (asset.sha256 !== undefined && hash.digest('hex') !== asset.sha256)
    throw new UserError('E_GITHUB', `${inertLine(asset.name)} is not what GitHub says that it is: its SHA-256 differs`);
}

function notWhole({ name, size }: PublishedAsset, found: number): UserError {
  return new UserError('E_GITHUB', `${inertLine(name)} did not arrive whole: ${found} of ${size} bytes`);
}
