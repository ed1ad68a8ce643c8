import { access, chmod, constants, copyFile, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Argv, CommandError, type Host, inertLine, UserError } from '@release-kit/action';
import type { Distribution } from '@release-kit/debian';
import { proxiesOf } from './nspawn-machine.ts';

type Vendor = Distribution['vendor'];

/** The keys of each vendor's archive: the file and the package that brings it, the same in Debian's and Ubuntu's archive. */
const keyrings: Readonly<Record<Vendor, { readonly file: string; readonly package: string }>> = {
  debian: { file: 'debian-archive-keyring.gpg', package: 'debian-archive-keyring' },
  ubuntu: { file: 'ubuntu-archive-keyring.gpg', package: 'ubuntu-keyring' },
};

/** Suites of the host's own vendor that have both packages, the newest stable one first. Debian 12 has none with Ubuntu's keys. */
const suitesWithKeyrings: Readonly<Record<Vendor, readonly string[]>> = { debian: ['trixie', 'sid'], ubuntu: ['resolute', 'noble'] };

/** Milliseconds. Keys that were fetched are good for so long; vendors announce new ones months ahead. */
const goodFor = 7 * 24 * 60 * 60_000;
/** Milliseconds. */
const fetchTimeout = 5 * 60_000;

/** Where the host has the keys of a vendor's archive. */
export const hostKeyring = (vendor: Vendor): string => join('/usr/share/keyrings', keyrings[vendor].file);

export const isReadable = (file: string): Promise<boolean> =>
  access(file, constants.R_OK).then(
    () => true,
    () => false,
  );

/**
 * The newest keys of a vendor's archive, as a file in our cache: from a package in the archive of this host's own vendor, whose keys
 * the host has, so that apt checks the package. Nothing is installed. E_BASE_SYSTEM with what to install when that cannot be.
 */
export async function fetchKeyring(host: Host, vendor: Vendor): Promise<string> {
  const folder = join(host.files.cache, 'keyrings');
  const file = join(folder, keyrings[vendor].file);
  const age = await stat(file).then(
    ({ mtimeMs }) => host.clock.now() - mtimeMs,
    () => Number.POSITIVE_INFINITY,
  );
  if (age < goodFor) return file;
  try {
    await using work = await host.files.temporary('keyring');
    const found = await downloadKeyring(host, vendor, work.path);
    await mkdir(folder, { recursive: true, mode: 0o755 });
    const unfinished = `${file}.${process.pid}`;
    await copyFile(found.file, unfinished);
    await chmod(unfinished, 0o644);
    await rename(unfinished, file);
    host.log.info(
      `The keys of ${vendor}'s archive are from the package ${keyrings[vendor].package} of ${found.suite}, which apt has verified`,
    );
    return file;
  } catch (error) {
    if (host.signal.aborted) throw error;
    if (Number.isFinite(age)) return file; // old keys are better than none
    throw new UserError(
      'E_BASE_SYSTEM',
      `the keys of ${vendor}'s archive are not on this host, and cannot be fetched: ${reasonOf(error)}`,
      {
        cause: error,
        cure: `Install the package ${keyrings[vendor].package}, or copy ${hostKeyring(vendor)} from a system of ${vendor}.`,
      },
    );
  }
}

async function downloadKeyring(host: Host, vendor: Vendor, folder: string): Promise<{ readonly file: string; readonly suite: string }> {
  const own = ownVendor(await readFile('/etc/os-release', 'utf8').catch(() => ''));
  if (own === undefined) throw new UserError('E_HOST', 'this host is neither Debian nor Ubuntu');
  const { stdout } = await host.exec(['apt-get', 'update', '--print-uris'], { cwd: '/' });
  const archive = archiveIn(stdout, own.codename);
  if (archive === undefined) throw new UserError('E_HOST', `the sources of apt on this host do not name ${own.codename}`);
  let last: unknown;
  for (const suite of suitesWithKeyrings[own.vendor]) {
    try {
      return { file: await fromSuite(host, vendor, `${archive} ${suite}`, own.vendor, join(folder, suite)), suite };
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      last = error;
    }
  }
  throw last;
}

/** Asks that suite alone, with lists and a state of its own; the host's apt is not touched, its proxy is used. */
async function fromSuite(host: Host, vendor: Vendor, source: string, signer: Vendor, folder: string): Promise<string> {
  await mkdir(join(folder, 'lists/partial'), { recursive: true });
  await mkdir(join(folder, 'archives/partial'), { recursive: true });
  await writeFile(join(folder, 'status'), '');
  const components = signer === 'ubuntu' ? 'main universe' : 'main';
  await writeFile(join(folder, 'sources.list'), `deb [signed-by=${hostKeyring(signer)}] ${source} ${components}\n`);
  const settings = {
    'Dir::Etc::SourceList': join(folder, 'sources.list'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::Etc::Preferences': '/dev/null',
    'Dir::Etc::PreferencesParts': '/dev/null',
    'Dir::State::Lists': join(folder, 'lists'),
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache': folder,
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '20',
    'APT::Sandbox::User': 'root',
    'APT::Update::Error-Mode': 'any',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  const apt = (...words: readonly string[]): Argv => ['apt-get', ...options, '--quiet=2', ...words];
  const how = { cwd: folder, timeout: fetchTimeout, env: proxiesOf(host) };
  await host.exec(apt('update'), how);
  await host.exec(['/bin/sh', '-c', '"$@" && mv -- *.deb package.deb', 'download', ...apt('download', keyrings[vendor].package)], how);
  await host.exec(['dpkg-deb', '--extract', 'package.deb', 'package'], how);
  return join(folder, 'package', hostKeyring(vendor));
}

/** What os-release(5) says; undefined for a system that is neither. */
export function ownVendor(osRelease: string): { readonly vendor: Vendor; readonly codename: string } | undefined {
  const field = (name: string): string | undefined => new RegExp(`^${name}="?([^"\\n]*)"?$`, 'm').exec(osRelease)?.[1];
  const [vendor, codename] = [field('ID'), field('VERSION_CODENAME')];
  return (vendor === 'debian' || vendor === 'ubuntu') && codename !== undefined ? { vendor, codename } : undefined;
}

/** The archive that a suite of this host comes from, by `apt-get update --print-uris`; mirror lists of apt are such an address too. */
export function archiveIn(printedUris: string, codename: string): string | undefined {
  for (const line of printedUris.split('\n')) {
    const [, archive, suite] = /^'([^' ]+)\/dists\/([^/']+)\/InRelease' /.exec(line) ?? [];
    if (suite === codename) return archive;
  }
  return undefined;
}

function reasonOf(error: unknown): string {
  const lines = error instanceof CommandError ? error.failure.lastLines : [error instanceof Error ? error.message : String(error)];
  return inertLine((lines.find((line) => /^[EW]: /.test(line)) ?? lines.at(-1) ?? 'apt said nothing').trim());
}
