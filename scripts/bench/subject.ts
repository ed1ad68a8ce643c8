import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import { type BaseSystem, basePackages, createMachine, ownArchitecture, prepareBase, prepareLayer } from '@release-kit/machine';

export interface Subject {
  /** Of the archive. */
  readonly name: string;
  readonly language: 'C' | 'C++' | 'Go';
  /** Whether it can be cross-compiled as it stands. */
  readonly crosses: boolean;
}

/** Small, so that an emulated build ends within minutes; each by another build system. */
export const subjects: readonly Subject[] = [
  { name: 'hello', language: 'C', crosses: true },
  { name: 'tinyxml2', language: 'C++', crosses: true },
  { name: 'gron', language: 'Go', crosses: false },
];

export const distribution = parseDistribution('debian:12');

const folder = '/srv/source';
const fetchScript = `set -e
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
  if [ -f "$file" ]; then sed -n 's/^deb /deb-src /p' "$file"; fi
done > /tmp/sources
mv /tmp/sources /etc/apt/sources.list.d/source-packages.list
apt-get -q update
mkdir -p ${folder}; cd ${folder}
apt-get -q -o APT::Sandbox::User=root source --download-only "$1"`;

/** The .dsc of a source package, fetched by apt in a machine (which verifies it), with its files beside it; kept in the cache. */
export async function sourceOf(host: Host, { name }: Pick<Subject, 'name'>): Promise<string> {
  const kept = join(host.files.cache, 'bench-sources', name);
  const find = async (): Promise<string | undefined> => (await readdir(kept).catch(() => [])).find((file) => file.endsWith('.dsc'));
  const found = await find();
  if (found !== undefined) return join(kept, found);
  await using machine = await createMachine(host, await emptyBase(host, ownArchitecture()), 'nspawn');
  await machine.run(['sh', '-c', fetchScript, 'fetch', name], { network: true, timeout: 300_000 });
  const fetching = `${kept}.fetching`;
  await rm(fetching, { recursive: true, force: true });
  await mkdir(fetching, { recursive: true });
  await machine.copyOut(folder, fetching);
  await rename(fetching, kept);
  const dsc = await find();
  if (dsc === undefined) throw new Error(`apt-get source fetched no .dsc of ${name}`);
  return join(kept, dsc);
}

/** What a container image of the distribution has: nothing to build with. */
export function emptyBase(host: Host, architecture: string): Promise<BaseSystem> {
  // dpkg-dev, because the lists of sources are of no use to somebody who cannot unpack them.
  return prepareBase(host, { distribution, architecture, packages: architecture === ownArchitecture() ? ['dpkg-dev'] : [] });
}

/** A root that somebody has prepared by hand for one source package: everything it needs is installed. */
export async function preparedRoot(host: Host, dsc: string): Promise<BaseSystem> {
  const base = await prepareBase(host, { distribution, architecture: ownArchitecture(), packages: basePackages.build });
  return prepareLayer(host, base, 'nspawn', { name: 'bench', inputs: dsc.slice(dsc.lastIndexOf('/') + 1) }, async (machine) => {
    await machine.copyIn(join(dsc, '..'), folder);
    const script = `cd ${folder} && apt-get -q update && apt-get -q -y -o APT::Install-Recommends=false -P nocheck build-dep ./*.dsc`;
    await machine.run(['sh', '-c', script], { network: true, timeout: 600_000, env: { DEBIAN_FRONTEND: 'noninteractive' } });
  });
}
