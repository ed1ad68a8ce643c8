import { createHash } from 'node:crypto';
import type { BaseRequest } from './machine.ts';

/** Raised when what is done to a base system after mmdebstrap changes. */
const formatVersion = 2;

/** Names what was asked for and what makes it: the same key, the same way to make it. `debian-12-amd64-` and 16 hex digits. */
export function requestKey(request: BaseRequest, tool: string): string {
  const packages = [...new Set(request.packages)].sort();
  const { distribution, architecture, mirror } = request;
  const digest = digestOf({
    formatVersion,
    distribution: distribution.name,
    codename: distribution.codename,
    architecture,
    packages,
    mirror: mirror ?? null,
    tool,
  });
  return `${distribution.name.replaceAll(':', '-')}-${architecture}-${digest}`;
}

/** One file of the archive that changes whenever the suite does. */
export interface SuiteState {
  readonly uri: string;
  readonly sha256: string;
}

/** The request's key and the state of the archive it was made from. */
export function baseKey(request: string, states: readonly SuiteState[]): string {
  return `${request}-${digestOf([...states].map(({ uri, sha256 }) => [uri, sha256]).sort())}`;
}

const digestOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
