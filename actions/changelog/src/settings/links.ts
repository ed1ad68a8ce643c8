import { type Host, UserError } from '@release-kit/action';
import type { ChangelogLinks, Config } from '@release-kit/config';
import { type Git, originAddress } from '@release-kit/git';
import { githubPatterns, type RepositoryLinks, repositoryLinks } from '@release-kit/history';
import { remoteAddress } from './remote-address.ts';

/** Where the pages of the repository are. */
export interface Pages {
  readonly links: RepositoryLinks;
  /** Name of the repository, the last part of its address. */
  readonly name: string;
  /** The page of the release with this tag. */
  readonly release: (tag: string) => string;
}

/**
 * Pages of the repository: where the configuration says; else those of GitHub, when the checkout's remote `origin` or the run is of GitHub. Pages of
 * other servers are not guessed. Throws E_INPUT with its place for what is no address or pattern.
 */
export async function pagesOf(config: Config, git: Git, host: Host): Promise<Pages | undefined> {
  const { address, ...patterns } = config.changelog.links;
  if (address === 'none') return undefined;
  const found = address ?? githubAddress(await originOf(git), host.github);
  return found === undefined ? undefined : pagesAt(found, patterns, config);
}

function pagesAt(address: string, patterns: Omit<ChangelogLinks, 'address'>, config: Config): Pages {
  const { commit, number, compare, history, release } = patterns;
  const own = {
    commit: commit ?? githubPatterns.commit,
    number: number ?? githubPatterns.number,
    compare: compare ?? githubPatterns.compare,
    history: history ?? githubPatterns.history,
  };
  try {
    return {
      links: repositoryLinks(address, own),
      name:
        address
          .replace(/\/$/, '')
          .replace(/\.git$/, '')
          .split('/')
          .at(-1) ?? address,
      release: repositoryLinks(address, { ...own, history: release ?? '/releases/tag/{tag}' }).history,
    };
  } catch (error) {
    const place = config.place('changelog.links');
    if (!(error instanceof UserError) || place === undefined) throw error;
    throw new UserError('E_CONFIG', `changelog.links: ${error.message}`, { place, cause: error });
  }
}

/** What is checked out may be another repository than the one that the run belongs to, so its remote comes first. */
export function githubAddress(origin: string | undefined, { serverUrl, repository }: Host['github']): string | undefined {
  const server = serverUrl.replace(/\/$/, '');
  if (origin?.startsWith(`${server.toLowerCase()}/`) === true && origin.split('/').length === 5) return origin;
  if (origin !== undefined && /^https:\/\/github\.com\/[^/]+\/[^/]+$/.test(origin)) return origin;
  if (repository === undefined || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return undefined;
  return `${server}/${repository}`;
}

/** `owner/name` on GitHub: the remote `origin` of the checkout, else the repository of the run. Throws E_INPUT when there is neither. */
export async function repositoryOf(git: Git, host: Host): Promise<string> {
  const address = githubAddress(await originOf(git), host.github);
  if (address !== undefined) return address.split('/').slice(-2).join('/');
  throw new UserError('E_INPUT', 'the repository on GitHub is not known: the checkout has no remote origin there', {
    cure: 'Set the remote origin of the checkout, or the variable GITHUB_REPOSITORY to owner/name.',
  });
}

async function originOf(git: Git): Promise<string | undefined> {
  const address = await originAddress(git);
  return address === undefined ? undefined : remoteAddress(address);
}
