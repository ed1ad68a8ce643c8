import { join } from 'node:path';
import { inertLine, UserError } from '@release-kit/action';
import type { PreviousRelease } from '@release-kit/config';
import { type PublishedAsset, publishedReleases } from '@release-kit/github';
import type { PackageFile } from '../package-manager.ts';
import type { Ground } from '../tracks/track.ts';
import { choosePrevious, type PreviousChoice } from './previous-set.ts';
import { assetsFor, releasesBefore } from './release-choice.ts';

/** Releases that are looked into: a tag may promise what its files are not. */
const mostReleases = 3;
/** Bytes that are downloaded of one release. */
const mostBytes = 2 * 1024 ** 3;

/** What a search on GitHub needs besides the ground. */
export interface GitHubSearch extends Pick<Ground, 'host' | 'packages' | 'target'> {
  readonly githubToken: string | undefined;
  /** What package files are, by absolute path. */
  readonly read: (files: readonly string[]) => Promise<readonly PackageFile[]>;
}

/**
 * The packages of the newest published release that is lower, or of the one that is named. Downloaded into an empty folder, sizes and
 * digests compared. Throws E_TOKEN, E_GITHUB, E_INPUT.
 */
export async function fetchRelease(
  { host, packages, target, githubToken, read }: GitHubSearch,
  { repository: wanted, tag }: Extract<PreviousRelease, { from: 'github' }>,
  folder: string,
): Promise<{ readonly choice: PreviousChoice; readonly from: string }> {
  const repository = wanted ?? host.github.repository;
  if (repository === undefined)
    throw new UserError('E_INPUT', 'no repository is known in which the previous release could be', {
      cure: 'Write github:<owner>/<name>: outside GitHub nothing says which repository this is.',
    });
  const github = await publishedReleases(host, { repository, token: githubToken });
  const all = await github.list();
  const named = all.filter((release) => release.tag === tag);
  const from = inertLine(`${tag ?? 'the newest release below'} of ${repository}`);
  if (tag !== undefined && named.length === 0)
    throw new UserError('E_GITHUB', `${inertLine(repository)} has no published release ${inertLine(tag)}`);
  const version = packages.packages[0]?.version ?? '0';
  const candidates = tag === undefined ? releasesBefore(all, version).slice(0, mostReleases) : named;
  let choice: PreviousChoice = { kind: 'none', reason: inertLine(`${repository} has no published release below ${version}`) };
  for (const [index, release] of candidates.entries()) {
    const assets = assetsFor(await github.assets(release), packages, target.architecture);
    refuseAboveLimit(assets, release.tag);
    const files = [];
    for (const asset of assets) {
      host.progress.update(`downloading ${inertLine(asset.name)} of ${inertLine(release.tag)}`);
      // The order of the releases keeps files of the same name apart; the name says nothing that is believed.
      const file = join(folder, `${index}-${asset.id}.deb`);
      await github.download(asset, file);
      files.push(file);
    }
    choice = choosePrevious(await read(files), packages, target.architecture);
    if (choice.kind === 'found') return { choice, from: inertLine(`${release.tag} of ${repository}`) };
  }
  return { choice, from };
}

function refuseAboveLimit(assets: readonly PublishedAsset[], tag: string): void {
  const bytes = assets.reduce((sum, { size }) => sum + size, 0);
  if (bytes > mostBytes)
    throw new UserError('E_GITHUB', `the packages of ${inertLine(tag)} have ${bytes} bytes; at most ${mostBytes} are downloaded`);
}
