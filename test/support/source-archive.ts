import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import { type BaseSystem, basePackages, createMachine, prepareBase, prepareLayer } from '@release-kit/machine';
import { keepFetched } from './keep-fetched.ts';

const folder = '/srv/source';
// apt knows the archive it was installed from; only the kind of entry is another.
const listScript = `set -e
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
  if [ -f "$file" ]; then sed -n 's/^deb /deb-src /p' "$file"; fi
done > /tmp/sources
for file in /etc/apt/sources.list.d/*.sources; do
  if [ -f "$file" ]; then sed -i 's/^Types: deb$/Types: deb-src/' "$file"; fi
done
mv /tmp/sources /etc/apt/sources.list.d/source-packages.list
apt-get -q update`;
const fetchScript = `set -e
mkdir -p ${folder}
cd ${folder}
apt-get -q -o APT::Sandbox::User=root source --download-only "$1"`;

/**
 * A source package of the distribution's own archive: the path of its .dsc, with all its files beside it.
 * Fetched by apt (which verifies it) inside a machine, and kept in the cache of the host.
 */
export async function archivedSource(host: Host, name: string, distribution = 'debian:12'): Promise<string> {
  const sources = join(host.files.cache, 'test-sources', distribution.replace(':', '-'));
  const kept = join(sources, name.replace('/', '_')); // jq/bookworm: of that suite
  const found = await descriptionIn(kept);
  if (found !== undefined) return found;
  await using machine = await createMachine(host, await sourceLists(host, distribution), 'nspawn');
  await machine.run(['sh', '-c', fetchScript, 'fetch', name], { network: true, timeout: 300_000 });
  await keepFetched(machine, folder, kept);
  const dsc = await descriptionIn(kept);
  if (dsc === undefined) throw new Error(`apt-get source fetched no .dsc of ${name}`);
  return dsc;
}

/** A system of the distribution whose apt knows source packages as well. */
export async function sourceLists(host: Host, distribution: string): Promise<BaseSystem> {
  const base = await prepareBase(host, {
    distribution: parseDistribution(distribution),
    architecture: 'amd64',
    packages: basePackages.build,
  });
  return prepareLayer(host, base, 'nspawn', { name: 'source-lists', inputs: listScript }, async (machine) => {
    await machine.run(['sh', '-c', listScript], { network: true, timeout: 300_000 });
  });
}

async function descriptionIn(path: string): Promise<string | undefined> {
  const names = await readdir(path).catch(() => []);
  const name = names.find((file) => file.endsWith('.dsc'));
  return name === undefined ? undefined : join(path, name);
}
