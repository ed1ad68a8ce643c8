import { Refusal } from './refusal.ts';

export interface ImmutabilityQuestion {
  /** `owner/name` */
  readonly repository: string;
  readonly remote: string;
  readonly token: string | undefined;
  /** Address of GitHub's API. */
  readonly api: string;
}

const page = 'Settings, Releases, "Enable release immutability" of the repository; docs/publishing.md says why.';

/**
 * Whether releases of the repository can be changed after they are published, as far as the token may ask (administration: read). Returns a
 * sentence for people.
 *
 * @throws Refusal mutable-releases when GitHub says that they can
 */
export async function checkImmutableReleases({ repository, remote, token, api }: ImmutabilityQuestion): Promise<string> {
  if (!remote.startsWith('https://')) return 'Immutable releases: not asked, since this is no repository at https.';
  if (token === undefined) return 'Immutable releases: not asked, since there is no PUBLISH_TOKEN.';
  const answer = await fetch(`${api}/repos/${repository}/immutable-releases`, {
    headers: { accept: 'application/vnd.github+json', authorization: `Bearer ${token}`, 'x-github-api-version': '2022-11-28' },
    signal: AbortSignal.timeout(30_000),
    redirect: 'error',
  });
  const body: unknown = await answer.json().catch(() => undefined);
  const enabled: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'enabled') : undefined;
  if (answer.status === 200 && enabled === true) return 'Immutable releases: on.';
  // GitHub's own answer for "off"; a repository that the token cannot see gives the same.
  if (answer.status === 404 || (answer.status === 200 && enabled === false))
    throw new Refusal(
      'mutable-releases',
      `releases of ${repository} can be changed after they are published, or the token does not see it`,
      `Switch it on: ${page}`,
    );
  if (answer.status === 401 || answer.status === 403)
    return `Immutable releases: not known, since the token may not ask (administration: read). Look yourself: ${page}`;
  throw new Refusal(
    'mutable-releases',
    `GitHub gave status ${answer.status} when it was asked whether releases of ${repository} are immutable`,
    'Run again.',
  );
}
