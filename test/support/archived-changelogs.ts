import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import { createMachine } from '@release-kit/machine';
import { keepFetched } from './keep-fetched.ts';
import { sourceLists } from './source-archive.ts';

const folder = '/srv/changelogs';
// Of each source package only the part with debian/ is fetched: a tar of its own (3.0 (quilt)), else the whole (3.0 (native)).
const fetchScript = `set -e
folder=$1
least=$2
shift 2
. /etc/os-release
mkdir -p "$folder"
source_of() { apt-get -q -o APT::Sandbox::User=root source --download-only "$1" "$2/$VERSION_CODENAME"; }
for name; do
  if [ "$(ls "$folder" | wc -l)" -ge "$least" ]; then break; fi
  parts=$(mktemp -d)
  cd "$parts"
  if source_of --diff-only "$name"; then
    if ls ./*.debian.tar.*; then
      tar -xOf ./*.debian.tar.* debian/changelog > "$folder/.part"
      mv "$folder/.part" "$folder/$name"
    elif source_of --tar-only "$name"; then
      tar -xOf ./*.tar.* --wildcards --no-wildcards-match-slash '*/debian/changelog' > "$folder/.part"
      mv "$folder/.part" "$folder/$name"
    fi
  fi
  cd /
  rm -rf "$parts"
done`;

/**
 * debian/changelog of at least so many source packages among those that are named (3.0 (quilt) or 3.0 (native)), as the distribution's own
 * archive has them; a mirror that lacks some is no reason to fail. Fetched by apt (which verifies them) in one machine, and kept in the cache of the host.
 */
export async function archivedChangelogs(
  host: Host,
  names: readonly string[],
  least: number,
  distribution = 'debian:12',
): Promise<ReadonlyMap<string, Buffer>> {
  const kept = join(host.files.cache, 'test-changelogs', distribution.replace(':', '-'));
  if ((await keptOf(kept, names)).length < least) await keepChangelogs(host, { names, least, distribution, kept });
  const found = new Map<string, Buffer>();
  for (const name of (await keptOf(kept, names)).slice(0, least)) found.set(name, await readFile(join(kept, name)));
  if (found.size < least)
    throw new Error(`apt fetched the changelogs of only ${found.size} source packages: ${[...found.keys()].join(' ')}`);
  return found;
}

interface Wanted {
  readonly names: readonly string[];
  readonly least: number;
  readonly distribution: string;
  /** Absolute; where they are kept. */
  readonly kept: string;
}

async function keepChangelogs(host: Host, { names, least, distribution, kept }: Wanted): Promise<void> {
  await using machine = await createMachine(host, await sourceLists(host, distribution), 'nspawn');
  await machine.run(['sh', '-c', fetchScript, 'fetch', folder, String(least), ...names], { network: true, timeout: 900_000 });
  await keepFetched(machine, folder, kept);
}

/** In the order of `names`. */
async function keptOf(kept: string, names: readonly string[]): Promise<readonly string[]> {
  const present = new Set(await readdir(kept).catch(() => []));
  return names.filter((name) => present.has(name));
}
