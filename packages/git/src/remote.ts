import { CommandError, type Host, inertLine, UserError } from '@release-kit/action';
import type { Git } from './git.ts';
import type { NamedCommit } from './tags.ts';

/** Where a checkout came from. */
export interface Remote {
  /** For the log: without what may be a secret. */
  readonly shown: string;
  /** Lets a `Git` with any checkout use it under the name `origin`, as variables: an address or a header may hold a secret, which no argument should. */
  readonly env: Readonly<Record<string, string>>;
}

const cure = 'Check out with fetch-depth: 0 (actions/checkout), or run git fetch --unshallow --tags before.';

/** Variables of the machine that say how to get to the network. */
const networkVariables = [
  'http_proxy',
  'https_proxy',
  'all_proxy',
  'no_proxy',
  'HTTPS_PROXY',
  'ALL_PROXY',
  'NO_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'SSH_AUTH_SOCK',
];

/**
 * Reads from a checkout's own configuration where it came from. Of all that may stand there only the address and headers of HTTP (which is where
 * actions/checkout keeps its token) are taken: other settings name programs to start.
 *
 * @throws UserError E_GIT without a remote, or with an address that is not https, http, ssh, git or a folder
 */
export async function remoteOf(host: Host, git: Git): Promise<Remote> {
  const names = (await git.run(['remote'])).stdout.split('\n').filter((name) => name !== '');
  const name = names.includes('origin') ? 'origin' : names[0];
  if (name === undefined)
    throw new UserError('E_GIT', 'the checkout is shallow, and has no remote to get the rest of its history from', { cure });
  const url = (await git.run(['remote', 'get-url', '--', name])).stdout.replace(/\n$/, '');
  const scheme = schemeOf(url);
  const shown = inertLine(url.replace(/^([a-z]+:\/\/)[^/@]*@/, '$1'));
  if (scheme === undefined)
    throw new UserError('E_GIT', `the checkout is shallow, and the rest of its history cannot be got from ${shown}`, { cure });
  const headers = await git.run(['config', '--null', '--get-regexp', '^http\\.(.*\\.)?extraheader$'], { allow: [0, 1] });
  const settings: (readonly [string, string])[] = [
    ['remote.origin.url', url],
    [`protocol.${scheme}.allow`, 'always'],
    // A connection that is open and silent is a failure, and not a wait for ever.
    ['http.lowSpeedLimit', '100'],
    ['http.lowSpeedTime', '60'],
    ...headers.stdout
      .split('\0')
      .filter((entry) => entry !== '')
      .map((entry) => [entry.slice(0, entry.indexOf('\n')), entry.slice(entry.indexOf('\n') + 1)] as const),
  ];
  const env: Record<string, string> = { GIT_CONFIG_COUNT: `${settings.length}`, GIT_SSH_COMMAND: 'ssh -o BatchMode=yes' };
  for (const [index, [key, value]] of settings.entries()) {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  for (const variable of networkVariables) {
    const value = host.env(variable);
    if (value !== undefined) env[variable] = value;
  }
  return { shown, env };
}

function schemeOf(url: string): string | undefined {
  // `ext::` and the like start programs.
  if (/^[A-Za-z0-9+.-]*::/.test(url) || url.startsWith('-')) return undefined;
  const named = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(url)?.[1];
  if (named !== undefined) return ['https', 'http', 'ssh', 'git', 'file'].includes(named) ? named : undefined;
  // As git tells them apart: a colon before the first slash is that of host:path.
  return /^[^/]+:/.test(url) ? 'ssh' : 'file';
}

/** Runs git with the remote's address and rights; what goes wrong is told as what it means for a shallow checkout. */
export async function runWithRemote(
  git: Git,
  remote: Remote,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  stdin = '',
): Promise<string> {
  const tenMinutes = 600_000;
  const options = {
    stdin,
    env: { ...remote.env, ...env },
    timeout: tenMinutes,
    failure: `the rest of a shallow checkout's history cannot be got from ${remote.shown}`,
  };
  try {
    return (await git.run(args, options)).stdout;
  } catch (error) {
    if (error instanceof CommandError && error.code === 'E_GIT')
      throw new CommandError(error.code, error.message, error.failure, { cure, cause: error });
    throw error;
  }
}

/** The tags of the remote, asked from a repository of our own. */
export async function tagsOfRemote(own: Git, remote: Remote): Promise<readonly NamedCommit[]> {
  const tags = new Map<string, string>();
  for (const line of (await runWithRemote(own, remote, ['ls-remote', '--tags', 'origin'])).split('\n')) {
    if (line === '') continue;
    // An annotated tag has a second line, `^{}`, with what it names in the end; it comes later and counts.
    const [, sha, name] = /^([0-9a-f]{40,64})\trefs\/tags\/(.+?)(?:\^\{\})?$/.exec(line) ?? [];
    if (sha === undefined || name === undefined) throw new Error('git ls-remote answered in a form that is not known');
    tags.set(name, sha);
  }
  return [...tags].map(([name, sha]) => ({ name, sha }));
}
