import { isObject, type Json } from './json.ts';

export type Level = 'none' | 'read' | 'write';
/** By the names of workflows; what is missing is none. */
export type Permissions = Readonly<Record<string, Level>>;

/** All that a job's token can be granted. */
const scopes = [
  'actions',
  'artifact-metadata',
  'attestations',
  'checks',
  'contents',
  'deployments',
  'discussions',
  'id-token',
  'issues',
  'models',
  'packages',
  'pages',
  'pull-requests',
  'repository-projects',
  'security-events',
  'statuses',
] as const;
/** These can be read, or not at all. */
const readOnly: readonly string[] = ['models'];
const rank: Readonly<Record<Level, number>> = { none: 0, read: 1, write: 2 };

/** What a token may do where a workflow says nothing, by the setting of the repository. */
export const defaultPermissions = {
  restricted: { contents: 'read', packages: 'read' },
  permissive: allOf('write', 'id-token'),
} as const satisfies Readonly<Record<string, Permissions>>;

/** Reads `permissions:`; undefined where there is none. What is not listed is none. */
export function readPermissions(value: Json | undefined): Permissions | undefined {
  if (value === undefined || value === null) return undefined;
  if (value === 'read-all') return allOf('read');
  if (value === 'write-all') return allOf('write');
  if (!isObject(value)) throw new Error('permissions are neither a mapping nor read-all or write-all');
  return Object.fromEntries(
    Object.entries(value).map(([scope, level]) => {
      if (!scopes.some((known) => known === scope)) throw new Error(`${scope} is no permission`);
      if (level !== 'none' && level !== 'read' && level !== 'write') throw new Error(`permission ${scope} is ${JSON.stringify(level)}`);
      return [scope, level];
    }),
  );
}

/** What is asked for and not allowed, in GitHub's words; undefined when all is. */
export function excessOf(asked: Permissions, allowed: Permissions): string | undefined {
  const excess = Object.entries(asked)
    .filter(([scope, level]) => rank[level] > rank[allowed[scope] ?? 'none'])
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (excess.length === 0) return undefined;
  const wanted = excess.map(([scope, level]) => `${scope}: ${level}`).join(', ');
  const may = excess.map(([scope]) => `${scope}: ${allowed[scope] ?? 'none'}`).join(', ');
  return `is requesting '${wanted}', but is only allowed '${may}'`;
}

/** What a pull request from a fork gets of what is granted: reading, and no identity. */
export function readOnlyPart(permissions: Permissions): Permissions {
  return Object.fromEntries(
    Object.entries(permissions).map(([scope, level]) => [scope, scope === 'id-token' || level === 'none' ? 'none' : 'read']),
  );
}

function allOf(level: Level, ...without: readonly string[]): Permissions {
  return Object.fromEntries(
    scopes
      .filter((scope) => !without.includes(scope))
      .map((scope) => [scope, readOnly.includes(scope) && level === 'write' ? 'read' : level]),
  );
}
