import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Argv, CommandError, type Host, UserError } from '@release-kit/action';
import type { Distribution } from '@release-kit/debian';
import { writeFurniture } from './furniture.ts';
import { fetchKeyring, hostKeyring, isReadable } from './keyring.ts';
import { tiedArgv } from './launcher.ts';
import type { BaseRequest } from './machine.ts';
import { proxiesOf } from './nspawn-machine.ts';

/** Milliseconds; 20 s is usual, a slow mirror may take minutes. */
const buildTimeout = 30 * 60_000;

/** mmdebstrap's arguments; mmdebstrap(1). apt's lists stay, so that an instance can install without fetching them again. */
export function mmdebstrapArgv(request: BaseRequest, root: string, keyring?: string): Argv {
  const { distribution, architecture, packages, mirror } = request;
  const components = distribution.vendor === 'ubuntu' ? 'main,universe' : 'main';
  // Ubuntu does not count apt among what every system must have.
  const included = [...new Set([...packages, ...(distribution.vendor === 'ubuntu' ? ['apt', 'ubuntu-keyring'] : [])])].sort();
  return [
    'mmdebstrap',
    '--mode=root',
    '--variant=minbase',
    '--format=directory',
    `--architectures=${architecture}`,
    `--components=${components}`,
    ...(keyring === undefined ? [] : [`--keyring=${keyring}`]),
    ...(included.length === 0 ? [] : [`--include=${included.join(',')}`]),
    '--skip=cleanup/apt',
    // Whether its programs run here was tried before, without the program arch-test that mmdebstrap would want.
    '--skip=check/qemu',
    '--aptopt=Acquire::Retries "3"',
    '--aptopt=Acquire::http::Timeout "30"',
    '--dpkgopt=force-unsafe-io',
    distribution.codename,
    root,
    ...(mirror === undefined ? [] : [mirror]),
  ];
}

/** Makes a root file system in a folder that does not exist yet. E_BASE_SYSTEM says what to install or to open. */
export async function buildRoot(host: Host, request: BaseRequest, root: string): Promise<void> {
  const { vendor } = request.distribution;
  const own = await isReadable(hostKeyring(vendor));
  try {
    await bootstrap(host, request, root, own || request.mirror !== undefined ? undefined : await fetchKeyring(host, vendor));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (!own || request.mirror !== undefined || !lacksKey(error.failure.lastLines)) throw notMade(request, error);
    host.log.info(`The keys of ${vendor}'s archive on this host are too old for ${request.distribution.name}; newer ones are fetched.`);
    await rm(root, { recursive: true, force: true });
    await bootstrap(host, request, root, await fetchKeyring(host, vendor)).catch((second: unknown) => {
      throw second instanceof CommandError ? notMade(request, second) : second;
    });
  }
  await furnish(root, request);
}

/** In namespaces of its own, so that nothing stays mounted or running when it is killed. */
async function bootstrap(host: Host, request: BaseRequest, root: string, keyring: string | undefined): Promise<void> {
  const argv = mmdebstrapArgv(request, root, keyring);
  const own = hostKeyring(request.distribution.vendor);
  // mmdebstrap trusts the host's file before any other where there is one, so newer keys take its place, in there only.
  const covered: Argv = ['/bin/sh', '-ec', 'mount --bind -- "$1" "$2"; shift 2; exec "$@"', 'newer-keys', keyring ?? '', own, ...argv];
  await host.exec(tiedArgv(keyring !== undefined && (await isReadable(own)) ? covered : argv), {
    cwd: '/',
    timeout: buildTimeout,
    env: proxiesOf(host),
    onLine: (line) => {
      if (line.startsWith('I: ')) host.progress.update(`base system: ${line.slice(3)}`);
    },
  });
}

function notMade({ distribution, architecture, mirror }: BaseRequest, error: CommandError): UserError {
  const { lastLines } = error.failure;
  const from = mirror ?? 'the default mirror';
  const what = `${distribution.name} (${distribution.codename}, ${architecture}) could not be made from ${from}`;
  return new UserError('E_BASE_SYSTEM', `${what}: ${reasonIn(lastLines)}`, { cause: error, cure: cureOf(lastLines, distribution) });
}

const lacksKey = (lines: readonly string[]): boolean =>
  lines.some((line) => /NO_PUBKEY|EXPKEYSIG|public key is not available|repository .* is not signed/.test(line));

/** What to do, by what apt and dpkg say; what is not known is the network or the mirror. */
export function cureOf(lines: readonly string[], distribution: Distribution): string {
  const says = (pattern: RegExp): boolean => lines.some((line) => pattern.test(line));
  if (says(/No space left on device|not enough free space/)) return 'Make room on the disk of the cache folder (RELEASE_KIT_CACHE).';
  if (says(/Release file .* is expired/))
    return 'Correct the clock of this host, or name a mirror that is kept up to date; for a frozen one on purpose: mirror: deb [check-valid-until=no] <address> <suite> <components>.';
  if (says(/Release file .* is not valid yet/)) return 'Correct the clock of this host: it is behind.';
  if (lacksKey(lines))
    return `Install the newest package with the keys of ${distribution.vendor}'s archive; for a mirror with keys of its own: mirror: deb [signed-by=<file>] <address> <suite> <components>.`;
  if (says(/does not have a Release file|404 +Not Found/))
    return `The mirror does not have the suite ${distribution.codename}: name one that has, or another distribution.`;
  if (says(/Unable to locate package|has no installation candidate/)) return `Name packages that ${distribution.name} has.`;
  if (says(/unmet dependencies|held broken packages/)) return 'The archive is being changed or the mirror is incomplete: run again later.';
  return 'Check the network and the mirror named in the message, then run again.';
}

/** The line that says why: a missing key, else the first error of apt or mmdebstrap. */
export function reasonIn(lines: readonly string[]): string {
  // apt says first that an index is not signed, and which key it misses only after that.
  const key = lines.find((line) => /NO_PUBKEY|EXPKEYSIG|public key is not available/.test(line));
  if (key !== undefined) return key.trim();
  const telling = lines.filter(
    (line) => /^\s*(?:E:|Err:|W: Failed|[^:]*: error)/.test(line) && !/apt-get (?:update|.*) failed|hook/.test(line),
  );
  const first = telling.at(0);
  if (first === undefined) return lines.at(-1) ?? 'mmdebstrap said nothing';
  // apt says what it was doing, and the reason in the line below.
  const below = lines[lines.indexOf(first) + 1];
  return first.startsWith('Err:') && below?.startsWith('  ') === true ? `${first}: ${below.trim()}` : first;
}

/** What a base system has besides its packages. The root is new and trusted, so its paths can be written from outside. */
async function furnish(root: string, request: BaseRequest): Promise<void> {
  const archives = join(root, 'var/cache/apt/archives');
  for (const name of await readdir(archives)) if (name.endsWith('.deb')) await rm(join(archives, name));
  await writeFurniture(root, request);
}
