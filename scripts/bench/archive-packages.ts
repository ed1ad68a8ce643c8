import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { createMachine, ownArchitecture } from '@release-kit/machine';
import { emptyBase } from './subject.ts';

const fetchScript = `set -e
mkdir -p /srv/fetch; cd /srv/fetch
source=$1; shift
apt-get -q update
if [ -n "$source" ]; then
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    if [ -f "$file" ]; then sed -n 's/^deb /deb-src /p' "$file"; fi
  done > /tmp/sources
  mv /tmp/sources /etc/apt/sources.list.d/source-packages.list
  apt-get -q update
  apt-get -q -o APT::Sandbox::User=root source --download-only "$source"
fi
apt-get -q -o APT::Sandbox::User=root download "$@"`;

/** A folder with packages as apt fetched them (which verifies them), and their source when one is named; kept in the cache. */
export async function packagesOf(host: Host, name: string, source: string, packages: readonly string[]): Promise<string> {
  const kept = join(host.files.cache, 'bench-packages', name);
  const debs = (await readdir(kept).catch(() => [])).filter((file) => file.endsWith('.deb'));
  if (debs.length === packages.length) return kept;
  await using machine = await createMachine(host, await emptyBase(host, ownArchitecture()), 'nspawn');
  await machine.run(['sh', '-c', fetchScript, 'fetch', source, ...packages], { network: true, timeout: 300_000 });
  const fetching = `${kept}.fetching`;
  await rm(fetching, { recursive: true, force: true });
  await mkdir(fetching, { recursive: true });
  await machine.copyOut('/srv/fetch', fetching);
  await rm(kept, { recursive: true, force: true });
  await rename(fetching, kept);
  return kept;
}
