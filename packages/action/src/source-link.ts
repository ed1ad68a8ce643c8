import type { Place } from './errors.ts';
import type { GitHubContext } from './host.ts';

/** How a place is called from the root of the repository, which need not be the workspace; undefined outside of it. */
export type PathOf = (place: Place | undefined) => string | undefined;

/** The page of a place of the checkout, or undefined where there is none. */
export type SourceLink = (place: Place | undefined) => string | undefined;

/**
 * Pages of files as the server shows them: `SERVER/OWNER/NAME/blob/COMMIT/PATH#L12`, at the very commit that was checked, so that the line is still
 * the right one when the branch has moved. Outside GitHub, and where the server says something of another form, there are no links.
 */
export function sourceLinks(
  { serverUrl, repository, sha }: Pick<GitHubContext, 'serverUrl' | 'repository' | 'sha'>,
  pathOf: PathOf = inWorkspace,
): SourceLink {
  if (repository === undefined || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return () => undefined;
  if (sha === undefined || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(sha)) return () => undefined;
  if (!/^https?:\/\/[\w.:-]+$/.test(serverUrl)) return () => undefined;
  return (place) => {
    const path = pathOf(place);
    if (place === undefined || path === undefined) return undefined;
    const line = place.line === undefined ? '' : `#L${place.line}`;
    return `${serverUrl}/${repository}/blob/${sha}/${uriPath(path)}${line}`;
  };
}

/** Where the workspace is the repository. */
export const inWorkspace: PathOf = (place) => place?.file;

/** A path as a part of an address (RFC 3986), whatever it holds; brackets, which would end a link of Markdown, included. */
export function uriPath(path: string): string {
  return path.toWellFormed().split('/').map(encodeURIComponent).join('/').replaceAll('(', '%28').replaceAll(')', '%29');
}
