import { type Answer, refusal } from './answer.ts';

export type Level = 'read' | 'write';

/** What a token may do; a token that the stand-in does not know may do everything, one with "bad" in it nothing. */
export interface TokenGrant {
  /** By the names of workflows: `{ contents: 'write', 'security-events': 'write' }`. */
  readonly permissions: Readonly<Record<string, Level>>;
  /** The token is of somebody who cannot see the repository. */
  readonly stranger?: boolean;
}

export interface Access {
  /** Why the request is refused, when it is. */
  readonly refused: Answer | undefined;
  /** Whether drafts are shown: they are for those who may write. */
  readonly seesDrafts: boolean;
}

export interface Guard {
  /** By token. Entries may be added, changed or, as when a token ends, set to 'expired' at any time. */
  readonly tokens: Map<string, TokenGrant | 'expired'>;
  /** Whether what is public may be read without a token. */
  readonly anonymous: boolean;
}

const scopes: readonly (readonly [prefix: string, scope: string])[] = [
  ['repos/check-immutable-releases', 'administration'],
  ['repos/create-attestation', 'attestations'],
  ['repos/list-attestations', 'attestations'],
  ['checks/', 'checks'],
  ['code-scanning/', 'security-events'],
  ['pulls/', 'pull-requests'],
  ['', 'contents'],
];
/** As the header names them, where that differs from the name in workflows. */
const headerNames: Readonly<Record<string, string>> = { 'security-events': 'security_events', 'pull-requests': 'pull_requests' };

/** Decides as GitHub does: 401 for a token that is none, 404 for what it may not see, 403 with the permission that is missing. */
export function accessOf(authorization: string | undefined, method: string, operation: string, { tokens, anonymous }: Guard): Access {
  const level: Level = method === 'GET' || method === 'HEAD' ? 'read' : 'write';
  const token = authorization?.replace(/^(token|bearer) /i, '');
  if (token === undefined) {
    const refused = anonymous && level === 'read' ? undefined : refusal(401, anonymous ? 'Requires authentication' : 'Bad credentials');
    return { refused, seesDrafts: false };
  }
  const grant = tokens.get(token);
  if (grant === 'expired' || (grant === undefined && /bad/.test(token)))
    return { refused: refusal(401, 'Bad credentials'), seesDrafts: false };
  if (grant === undefined) return { refused: undefined, seesDrafts: true };
  if (grant.stranger === true) return { refused: anonymous && level === 'read' ? undefined : refusal(404, 'Not Found'), seesDrafts: false };
  const [, scope = ''] = scopes.find(([prefix]) => operation.startsWith(prefix)) ?? [];
  const given = grant.permissions[scope];
  const enough = given === 'write' || (given === 'read' && level === 'read') || operation === 'rate-limit/get';
  const missing = { 'x-accepted-github-permissions': `${headerNames[scope] ?? scope}=${level}` };
  return {
    refused: enough ? undefined : refusal(403, 'Resource not accessible by integration', missing),
    seesDrafts: grant.permissions['contents'] === 'write',
  };
}
