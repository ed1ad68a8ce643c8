import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Host } from '@release-kit/action';
import type { BaseSystem } from '@release-kit/machine';
import { type ProcessTime, timeProcess } from './process-time.ts';

/**
 * In a mount namespace of its own. $1: an empty folder; $2: name of the .dsc; $3: folder that holds it; $4: what is done before the
 * build; then the folders below the overlay, topmost first. No machine, no checks, no copies: what somebody would type by hand.
 */
const script = `set -e
cd "$1"; dsc=$2; source=$3; before=$4; shift 4; lower=
mkdir upper work root
for part; do
  mkdir "lower$#"; mount --bind -- "$part" "lower$#"; lower="$lower\${lower:+:}lower$#"; shift
done
mount -t overlay -o "lowerdir=$lower,upperdir=upper,workdir=work" overlay root
mount -t proc proc root/proc
for device in null zero full random urandom; do
  [ -e root/dev/$device ] || : > root/dev/$device
  mount --bind /dev/$device root/dev/$device
done
mkdir -p root/build; chown 2000:2000 root/build
cp "$source"/* root/build/
[ -z "$before" ] || { cp /etc/resolv.conf root/etc/resolv.conf; chroot root /bin/sh -ec "$before"; }
exec chroot --userspec=2000:2000 root env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/nonexistent LC_ALL=C.UTF-8 \\
  DEB_BUILD_OPTIONS="nocheck parallel=$(nproc)" DEB_BUILD_PROFILES=nocheck \\
  sh -ec 'cd /build; dpkg-source --no-check -x "$0" tree; cd tree; exec dpkg-buildpackage -us -uc -b' "$dsc"`;

/** What a container starts with that has nothing but the distribution: everything is fetched and unpacked by emulated programs. */
export const usualPreparation = `export DEBIAN_FRONTEND=noninteractive
apt-get -q update
apt-get -q -y -o APT::Install-Recommends=false install build-essential debhelper fakeroot
cd /build && apt-get -q -y -o APT::Install-Recommends=false -P nocheck build-dep ./*.dsc`;

/** Unpacks and builds a source package by dpkg-buildpackage over a root that has what it needs, or gets it by `before`. */
export async function timePlainBuild(host: Host, base: BaseSystem, dsc: string, before = ''): Promise<ProcessTime> {
  await using folder = await host.files.temporary('plain');
  const instance = join(folder.path, 'instance');
  await mkdir(instance);
  const unshare = ['unshare', '--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child', '--'] as const;
  const words = [instance, basename(dsc), dirname(dsc), before, ...base.layers, base.root];
  return await timeProcess([...unshare, '/bin/sh', '-c', script, 'plain', ...words], { PATH: process.env['PATH'] });
}
