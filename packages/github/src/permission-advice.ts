/** What GitHub names in `X-Accepted-GitHub-Permissions` and jobs cannot give; whoever needs it passes another token. */
const neverOfJobs: readonly string[] = ['administration', 'workflows', 'members', 'secrets', 'environments'];

/**
 * Permissions as a workflow's author writes them (`contents: write`), of the header of a refusal (`contents=write,metadata=read`): of several sets
 * (`;`) the first. undefined when there is none.
 */
export function acceptedPermissions(header: unknown): string | undefined {
  if (typeof header !== 'string') return undefined;
  const named = (header.split(';')[0] ?? '').split(',').flatMap((one) => {
    const [, name = '', level = ''] = /^\s*([a-z_]{1,40})=(read|write)\s*$/.exec(one) ?? [];
    // Every token that sees a repository may read its metadata.
    return name === '' || name === 'metadata' ? [] : [`${name.replaceAll('_', '-')}: ${level}`];
  });
  return named.length === 0 ? undefined : named.join(', and ');
}

/** The permission that is missing: what was needed, when it includes what GitHub asked for, so that nobody is sent twice. */
export function missingPermission(needed: string, accepted: string | undefined): string {
  if (accepted === undefined) return needed;
  const writes = needed.split(', and ');
  const includes = (one: string): boolean => writes.includes(one) || writes.includes(one.replace(': read', ': write'));
  return accepted.split(', and ').every(includes) ? needed : accepted;
}

/**
 * Scopes that a classic personal access token lacks for the permission, by the header `X-OAuth-Scopes`, which comes with every answer to such a token
 * and to no other: so it is known before anything is written.
 */
export function lacksScope(permission: string, header: unknown): boolean {
  if (typeof header !== 'string' || !/(?:contents|pull-requests): write/.test(permission)) return false;
  const scopes = header.split(',').map((scope) => scope.trim());
  return !scopes.includes('repo') && !scopes.includes('public_repo');
}

/** The end of a sentence: how a job's token gets the permission (`contents: write, and checks: write`). */
export function grantOf(permission: string): string {
  const lines = permission.split(', and ');
  const never = lines.find((line) => neverOfJobs.includes(line.replace(/:.*$/, '')));
  if (never !== undefined) return `pass the token of an app or a person who has ${never}: the token of a job never has it.`;
  const written = lines.map((line) => `"${line}"`).join(' and ');
  return `write ${written} below "permissions:" of the job, and of the job that calls this workflow, if another one does.`;
}

/** What to do when a token lacks a permission, by the words in which GitHub refused. */
export function permissionCure(permission: string, said: string): string {
  if (/personal access token/i.test(said))
    return `Give the personal access token ${permission} for this repository (a classic one: the scope repo), or pass github.token and ${grantOf(permission)}`;
  const advice = grantOf(permission);
  const fork = / write"|: write/.test(advice) ? ' Runs for pull requests from forks may only read.' : '';
  return `${advice[0]?.toUpperCase()}${advice.slice(1)}${fork}`;
}
