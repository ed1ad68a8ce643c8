import { type Host, inertLine, UserError } from '@release-kit/action';
import { listOf } from './answer-field.ts';
import { field } from './field.ts';
import { type RemoteRelease, readAsset, readRelease } from './github-answers.ts';
import { type GitHubCalls, type GitHubTarget, githubCalls } from './github-calls.ts';
import { isMissing, isUncertain } from './github-errors.ts';
import { lookAgain } from './our-drafts.ts';
import type { KnownAsset, KnownRelease, ReleaseCatalog, ReleaseChange } from './release-catalog.ts';
import { markOf } from './release-mark.ts';
import { tagCommit } from './tag-commit.ts';
import { pointTag } from './tag-pointer.ts';

/** After publishing, addresses for users may take a moment. */
const publicLooks = lookAgain.slice(0, 2);

/** The releases of a repository. `level` is what the token needs. */
export async function githubCatalog(host: Host, target: GitHubTarget, level: 'read' | 'write'): Promise<ReleaseCatalog> {
  const calls = await githubCalls(host, target, `contents: ${level}`);
  const { at, call, pages, content } = calls;
  const read = async (id: string): Promise<KnownRelease> =>
    known(readRelease(await call('reading the release', 'GET /repos/{owner}/{repo}/releases/{release_id}', { ...at, release_id: id })));
  const latest = async (): Promise<string | undefined> => {
    try {
      return String(readRelease(await call('looking for the latest release', 'GET /repos/{owner}/{repo}/releases/latest', at)).id);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  };
  return {
    list: async () =>
      (await pages(`listing the releases of ${target.repository}`, 'GET /repos/{owner}/{repo}/releases', at)).map(readRelease).map(known),
    read,
    latest,
    async change(release, change) {
      for (let tries = 0; ; tries += 1) {
        try {
          return await sendChange(calls, release, change);
        } catch (error) {
          if (!isUncertain(error) || tries >= lookAgain.length) throw error;
        }
        host.log.debug(`whether ${release.tag} was changed is not known: looking at it`);
        await host.clock.sleep(lookAgain[tries] ?? 0);
        const now = await read(release.id);
        if (isChanged(now, change) && (change.latest === undefined || ((await latest()) === release.id) === change.latest)) return now;
      }
    },
    async assets({ id, tag }) {
      const route = 'GET /repos/{owner}/{repo}/releases/{release_id}/assets';
      const answers = listOf(await pages(`listing the assets of ${inertLine(tag)}`, route, { ...at, release_id: id }), 'assets');
      return answers
        .map((answer) => ({ ...readAsset(answer), url: String(field(answer, 'browser_download_url')) }))
        .filter(({ state }) => state === 'uploaded')
        .map(({ id: number, name, size, sha256, url }): KnownAsset => ({ id: String(number), name, size, sha256, url }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    content: ({ id, name }) =>
      content(`downloading ${inertLine(name)}`, 'GET /repos/{owner}/{repo}/releases/assets/{asset_id}', { ...at, asset_id: id }),
    async publicContent({ name, url }) {
      const anonymous = await githubCalls(host, { ...target, token: undefined }, 'contents: read', 'optional');
      refuseOtherScheme(url);
      for (const pause of [...publicLooks, undefined]) {
        try {
          return await anonymous.content(`downloading ${inertLine(name)} as users do`, `GET ${url}`, {});
        } catch (error) {
          if (!isMissing(error)) throw error;
          if (pause === undefined) return undefined;
          await host.clock.sleep(pause);
        }
      }
      return undefined;
    },
    tagCommit: (tag) => tagCommit(calls, tag),
    pointTag: (tag, seen, commit) => pointTag(calls, { tag, seen, commit }, host),
  };
}

function known({ id, tag, body, draft, prerelease, immutable, url }: RemoteRelease): KnownRelease {
  return { id: String(id), tag, body, draft, prerelease, immutable, mark: markOf(body), url };
}

/** The tag is always sent along: a draft that is changed without it can lose it. */
async function sendChange({ at, call }: GitHubCalls, release: KnownRelease, change: ReleaseChange): Promise<KnownRelease> {
  const { body, draft, prerelease, latest } = change;
  const fields = {
    ...{ release_id: release.id, tag_name: release.tag },
    ...(body === undefined ? {} : { body }),
    ...(draft === undefined ? {} : { draft }),
    ...(prerelease === undefined ? {} : { prerelease }),
    ...(latest === undefined ? {} : { make_latest: latest ? 'true' : 'false' }),
  };
  const doing = draft === false ? `publishing ${inertLine(release.tag)}` : `changing the release ${inertLine(release.tag)}`;
  return known(readRelease(await call(doing, 'PATCH /repos/{owner}/{repo}/releases/{release_id}', { ...at, ...fields })));
}

function isChanged(now: KnownRelease, { body, draft, prerelease }: ReleaseChange): boolean {
  return (
    (body === undefined || unixEnds(now.body) === unixEnds(body)) &&
    (draft === undefined || now.draft === draft) &&
    (prerelease === undefined || now.prerelease === prerelease)
  );
}

const unixEnds = (text: string): string => text.replaceAll('\r\n', '\n');

function refuseOtherScheme(url: string): void {
  if (!/^https?:\/\//.test(url)) throw new UserError('E_GITHUB', `GitHub names ${inertLine(url).slice(0, 200)} for downloads`);
}
