import { readFile, writeFile } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { type Argv, type ExecResult, type Host, inertLine } from '@release-kit/action';
import { compareVersions } from '@release-kit/debian';
import type { Machine } from '@release-kit/machine';
import type { PackageSet } from '../package-manager.ts';
import { ProblemError } from '../problem.ts';
import { keysInMachine, readAptSource } from './apt-source.ts';

const folder = '/srv/older';
const downloads = '/srv/older/downloads';
const commonOptions = ['-q', '-o', 'APT::Sandbox::User=root', '-o', 'Acquire::Retries=3', '-o', 'Acquire::http::Timeout=30'] as const;

/** A version that an archive has. */
export interface ArchiveVersion {
  readonly name: string;
  readonly version: string;
}

/**
 * Fetches the newest versions that are lower than those of the set into an empty folder of this host; apt of the machine verifies
 * them. `source`: as `readAptSource`, undefined: the archive of the distribution. Packages that have no lower version are left out.
 */
export async function downloadOlder(
  host: Host,
  machine: Machine,
  set: PackageSet,
  source: string | undefined,
  hostFolder: string,
): Promise<void> {
  const options = source === undefined ? [] : await laySource(host, machine, source);
  const online = (argv: Argv, cwd = '/'): Promise<ExecResult> =>
    machine.run(argv, {
      allow: 'any',
      timeout: 600_000,
      network: true,
      cwd,
      env: { LC_ALL: 'C.UTF-8', DEBIAN_FRONTEND: 'noninteractive' },
    });
  const update = await online(['apt-get', ...commonOptions, ...options, '-o', 'APT::Update::Error-Mode=any', 'update']);
  if (update.exitCode !== 0) throw unusable('the lists of the archive cannot be fetched', update);
  const names = set.packages.map(({ name }) => name);
  const known = await online(['apt-cache', ...options, 'madison', ...names]);
  const older = olderVersions(parseMadison(known.stdout), set);
  if (older.length === 0) return;
  await machine.run(['mkdir', '-p', downloads], {});
  const wanted = older.map(({ name, version }) => `${name}=${version}`);
  const fetched = await online(['apt-get', ...commonOptions, ...options, 'download', ...wanted], downloads);
  if (fetched.exitCode !== 0) throw unusable(`${wanted.map(inertLine).join(', ')} cannot be fetched`, fetched);
  await machine.copyOut(downloads, hostFolder);
}

/** Puts a source and its keys into the machine, and answers with the options by which apt knows nothing but them. */
async function laySource(host: Host, machine: Machine, text: string): Promise<readonly string[]> {
  const { format, text: lines, keyring } = readAptSource(text);
  await using staging = await host.files.temporary('source');
  const name = `source.${format}`;
  await writeFile(join(staging.path, name), lines, { mode: 0o644 });
  if (keyring !== undefined) {
    const file = isAbsolute(keyring) ? keyring : resolve(host.files.workspace, keyring);
    const keys = await readFile(file).catch((cause: unknown) => {
      const message = `the keys of the source are not on this host: ${inertLine(keyring)} cannot be read`;
      throw new ProblemError({ category: 'no-previous', message, cure: 'Put them there, or name another file in signed-by.' }, cause);
    });
    await writeFile(join(staging.path, keysInMachine.slice(folder.length + 1)), keys, { mode: 0o644 });
  }
  await machine.copyIn(staging.path, folder);
  return ['-o', `Dir::Etc::SourceList=${folder}/${name}`, '-o', 'Dir::Etc::SourceParts=/dev/null'];
}

/** Lines of `apt-cache madison`: ` name | version | where it is`; those of sources are left out. */
export function parseMadison(text: string): readonly ArchiveVersion[] {
  const found: ArchiveVersion[] = [];
  for (const line of text.split('\n')) {
    const [name = '', version = '', where = ''] = line.split('|').map((part) => part.trim());
    if (name !== '' && version !== '' && where.endsWith(' Packages')) found.push({ name, version });
  }
  return found;
}

/** For each package of the set the newest version that is lower than its own; in the order of the set. */
export function olderVersions(known: readonly ArchiveVersion[], set: PackageSet): readonly ArchiveVersion[] {
  return set.packages.flatMap(({ name, version }) => {
    const lower = known.filter((each) => each.name === name && compareVersions(each.version, version) < 0);
    return lower.sort((a, b) => compareVersions(b.version, a.version)).slice(0, 1);
  });
}

function unusable(message: string, { stdout, stderr }: ExecResult): ProblemError {
  const lines = `${stdout}${stderr}`.trimEnd().split('\n');
  const reason = lines.find((line) => /NO_PUBKEY|not signed/.test(line)) ?? lines.find((line) => line.startsWith('E: '));
  return new ProblemError({
    category: 'no-previous',
    message: reason === undefined ? message : `${message}: ${inertLine(reason)}`,
    cure: 'Check the address, the suite and the keys, and that this host can reach the archive.',
    evidence: lines.slice(-20).join('\n'),
  });
}
