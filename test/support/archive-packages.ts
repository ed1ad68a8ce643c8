import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import { basePackages, createMachine, prepareBase } from '@release-kit/machine';
import { describeFile, type ManifestFile } from '@release-kit/manifest';
import { keepFetched } from './keep-fetched.ts';
import { manifestOf } from './packages.ts';
import { sourceLists } from './source-archive.ts';

const folder = '/srv/packages';
// Each argument: a source package and the binary packages of it, parted by commas.
const fetchScript = `set -e
for wanted; do
  source=\${wanted%%,*}
  mkdir -p ${folder}/$source
  cd ${folder}/$source
  apt-get -q -o APT::Sandbox::User=root source --download-only "$source"
  apt-get -q -o APT::Sandbox::User=root download $(printf '%s' "\${wanted#*,}" | tr , ' ')
done`;

/** A source package of the archive, and those of its binary packages (amd64 or all) that are wanted. */
export interface ArchivedSet {
  readonly source: string;
  readonly packages: readonly string[];
}

/**
 * The files of each set, as the distribution's own archive has them: absolute paths of the .dsc, what it lists, and the .deb files, by source.
 * Fetched by apt (which verifies them) in one machine, and kept in the cache of the host.
 */
export async function archivedPackages(
  host: Host,
  sets: readonly ArchivedSet[],
  distribution = 'debian:12',
): Promise<ReadonlyMap<string, readonly string[]>> {
  const kept = join(host.files.cache, 'test-packages', distribution.replace(':', '-'));
  const missing: ArchivedSet[] = [];
  for (const set of sets) {
    const debs = (await filesIn(join(kept, set.source))).filter((file) => file.endsWith('.deb'));
    if (debs.length !== set.packages.length) missing.push(set);
  }
  if (missing.length > 0) await fetchSets(host, missing, distribution, kept);
  const found = new Map<string, readonly string[]>();
  for (const { source } of sets) found.set(source, await filesIn(join(kept, source)));
  return found;
}

/** What the packages of a set are fetched from. */
export interface ArchivedFrom {
  readonly distribution: string;
  readonly architecture: string;
}

/**
 * Brings the binary packages of these names, as the distribution's own archive has them now, into the folder `out` of the workspace, with
 * their manifest. Fetched anew each time, as their dependencies in the archive move with them.
 */
export async function downloadPackages(host: Host, names: readonly string[], from: ArchivedFrom): Promise<void> {
  const { architecture } = from;
  const base = await prepareBase(host, {
    distribution: parseDistribution(from.distribution),
    architecture,
    packages: basePackages.smoke,
  });
  await using machine = await createMachine(host, base, 'nspawn');
  await machine.run(['mkdir', folder]);
  const apt = ['apt-get', '-q', '-o', 'APT::Sandbox::User=root'] as const;
  await machine.run([...apt, 'update'], { network: true, timeout: 600_000 });
  await machine.run([...apt, 'download', ...names], { network: true, timeout: 600_000, cwd: folder });
  const out = join(host.files.workspace, 'out');
  await mkdir(out);
  await machine.copyOut(folder, out);
  const files: ManifestFile[] = [];
  for (const name of (await readdir(out)).sort()) {
    // Files of builds bear no epoch in their names, and those that apt fetched bear it quoted.
    const plain = name.replace(/_\d+%3a/, '_');
    await rename(join(out, name), join(out, plain));
    const { stdout } = await host.exec(['dpkg-deb', '--show', `--showformat=\${Package} \${Version} \${Architecture}`, join(out, plain)]);
    const [owner = '', version = '', built = ''] = stdout.split(' ');
    const facts = { kind: 'deb', package: owner, version, architecture: built, distribution: from.distribution } as const;
    files.push(await describeFile(out, plain, facts));
  }
  await manifestOf(out, files);
}

async function fetchSets(host: Host, sets: readonly ArchivedSet[], distribution: string, kept: string): Promise<void> {
  await using machine = await createMachine(host, await sourceLists(host, distribution), 'nspawn');
  const wanted = sets.map(({ source, packages }) => [source, ...packages].join(','));
  await machine.run(['sh', '-c', fetchScript, 'fetch', ...wanted], { network: true, timeout: 600_000 });
  for (const { source } of sets) await keepFetched(machine, `${folder}/${source}`, join(kept, source));
}

async function filesIn(path: string): Promise<readonly string[]> {
  const names = await readdir(path).catch(() => []);
  return names.sort().map((name) => join(path, name));
}
