import { chmod, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Argv, CommandError, type Host, UserError } from '@release-kit/action';
import { keyringOf } from './host-needs.ts';
import { tiedArgv } from './launcher.ts';
import type { BaseRequest } from './machine.ts';
import { proxiesOf } from './nspawn-machine.ts';

/** Milliseconds; 20 s is usual, a slow mirror may take minutes. */
const buildTimeout = 30 * 60_000;

/** mmdebstrap's arguments; mmdebstrap(1). apt's lists stay, so that an instance can install without fetching them again. */
export function mmdebstrapArgv(request: BaseRequest, root: string): Argv {
  const { distribution, architecture, packages, mirror } = request;
  const components = distribution.vendor === 'ubuntu' ? 'main,universe' : 'main';
  return [
    'mmdebstrap',
    '--mode=root',
    '--variant=minbase',
    '--format=directory',
    `--architectures=${architecture}`,
    `--components=${components}`,
    ...(packages.length === 0 ? [] : [`--include=${[...new Set(packages)].sort().join(',')}`]),
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
  const { distribution, architecture } = request;
  await requireKeyring(request);
  try {
    // In namespaces of its own, so that nothing stays mounted or running when it is killed.
    await host.exec(tiedArgv(mmdebstrapArgv(request, root)), {
      cwd: '/',
      timeout: buildTimeout,
      env: proxiesOf(host),
      onLine: (line) => {
        if (line.startsWith('I: ')) host.progress.update(`base system: ${line.slice(3)}`);
      },
    });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const from = request.mirror ?? 'the default mirror';
    throw new UserError(
      'E_BASE_SYSTEM',
      `${distribution.name} (${distribution.codename}, ${architecture}) could not be made from ${from}: ${reasonIn(error.failure.lastLines)}`,
      { cause: error },
    );
  }
  await furnish(root, request);
}

async function requireKeyring({ distribution, mirror }: BaseRequest): Promise<void> {
  const keyring = await keyringOf(distribution.vendor);
  if (keyring.present || mirror !== undefined) return;
  throw new UserError('E_BASE_SYSTEM', `the keys of ${distribution.vendor}'s archive are not on this host: ${keyring.file} is missing`, {
    cure: `Install the package ${keyring.package}, or copy that file from a system of ${distribution.vendor}.`,
  });
}

/** The line that says why: a missing key, else the first error of apt or mmdebstrap. */
export function reasonIn(lines: readonly string[]): string {
  // apt says first that an index is not signed, and which key it misses only after that.
  const key = lines.find((line) => /NO_PUBKEY|EXPKEYSIG|public key is not available/.test(line));
  if (key !== undefined) return key.trim();
  const telling = lines.filter(
    (line) => /^\s*(?:E:|Err:|W: Failed|[^:]*: error)/.test(line) && !/apt-get (?:update|.*) failed|hook/.test(line),
  );
  return telling.at(0) ?? lines.at(-1) ?? 'mmdebstrap said nothing';
}

/** What a base system has besides its packages. The root is new and trusted, so its paths can be written from outside. */
async function furnish(root: string, request: BaseRequest): Promise<void> {
  const put = async (file: string, text: string, mode = 0o644): Promise<void> => {
    await writeFile(join(root, file), text, { mode });
    await chmod(join(root, file), mode);
  };
  const archives = join(root, 'var/cache/apt/archives');
  for (const name of await readdir(archives)) if (name.endsWith('.deb')) await rm(join(archives, name));
  await mkdir(join(root, 'etc/apt/apt.conf.d'), { recursive: true });
  await put(
    'etc/apt/apt.conf.d/99release-kit',
    'APT::Get::Assume-Yes "true";\nDpkg::Use-Pty "0";\nDPkg::Lock::Timeout "60";\nDPkg::Options { "--force-confdef"; "--force-confold"; };\n',
  );
  await put('etc/hostname', 'release-kit\n');
  await put('etc/hosts', '127.0.0.1 localhost\n127.0.1.1 release-kit\n::1 localhost ip6-localhost ip6-loopback\n');
  // Services start only where there is an init to start them.
  if (!request.packages.includes('systemd-sysv')) await put('usr/sbin/policy-rc.d', '#!/bin/sh\nexit 101\n', 0o755);
}
