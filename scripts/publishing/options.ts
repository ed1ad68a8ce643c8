import { isAbsolute, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { checkedRepositoryName } from './references.ts';
import { Refusal } from './refusal.ts';
import { namedVersion } from './version.ts';

interface Common {
  /** Absolute; undefined: it is built. */
  readonly dist: string | undefined;
  /** SHA-256 that the tree has to have, from each place where it was built. */
  readonly digests: readonly string[];
}

interface PublishCall extends Common {
  readonly kind: 'publish';
  readonly version: string;
  readonly remote: string;
  readonly repository: string;
  readonly token: string | undefined;
  readonly dryRun: boolean;
  /** Address of GitHub's API. */
  readonly api: string;
}

/** What scripts/publish-tree.ts was asked for. */
export type PublishingCall = PublishCall | (Common & { readonly kind: 'digest'; readonly dryRun: boolean });

const options = {
  version: { type: 'string' },
  repository: { type: 'string' },
  name: { type: 'string' },
  dist: { type: 'string' },
  digest: { type: 'string', multiple: true },
  'print-digest': { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
} as const;

/** @throws Refusal usage, version */
export function parseCall(argv: readonly string[], env: NodeJS.ProcessEnv): PublishingCall {
  const values = valuesOf(argv);
  const dist = values.dist === undefined || isAbsolute(values.dist) ? values.dist : resolve(values.dist);
  const digests = values.digest ?? [];
  const dryRun = values['dry-run'];
  if (!digests.every((digest) => /^[0-9a-f]{64}$/.test(digest))) throw new Refusal('usage', '--digest is no SHA-256 in hexadecimal');
  if (values['print-digest']) return { kind: 'digest', dist, digests, dryRun };
  if (dist !== undefined && digests.length === 0)
    throw new Refusal('usage', '--dist needs --digest', 'Take it from where the tree was built: --print-digest.');
  const token = env['PUBLISH_TOKEN'] === '' ? undefined : env['PUBLISH_TOKEN'];
  if (dist === undefined && token !== undefined)
    throw new Refusal(
      'usage',
      'PUBLISH_TOKEN is set, and building runs packages of others, which could read it',
      'Build first, without it: --print-digest. Then give --dist dist and --digest.',
    );
  const version = namedVersion(needed('version', values.version)).tag;
  const remote = needed('repository', values.repository);
  const repository = checkedRepositoryName(values.name ?? nameIn(remote) ?? needed('name', env['GITHUB_REPOSITORY']));
  return {
    kind: 'publish',
    dist,
    digests,
    version,
    remote,
    repository,
    token,
    dryRun,
    api: env['GITHUB_API_URL'] ?? 'https://api.github.com',
  };
}

function valuesOf(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new Refusal(
      'usage',
      error instanceof Error ? error.message : String(error),
      'The head of scripts/publish-tree.ts lists the options.',
    );
  }
}

function needed(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new Refusal('usage', `--${name} is missing`);
  return value;
}

/** `owner/name` in an address of GitHub's form: https://host/owner/name.git, ssh://git@host/owner/name, git@host:owner/name. */
function nameIn(remote: string): string | undefined {
  const path =
    /^(?:https|ssh):\/\/[^/]+\/([^/]+\/[^/]+?)(?:\.git)?\/?$/.exec(remote) ?? /^[\w.-]+@[\w.-]+:([^/]+\/[^/]+?)(?:\.git)?$/.exec(remote);
  return path?.[1];
}
