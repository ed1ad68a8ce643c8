import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hostsText, usualHostname } from './hostname.ts';
import type { BaseRequest } from './machine.ts';

const aptSettings = [
  'APT::Get::Assume-Yes "true";',
  'Dpkg::Use-Pty "0";',
  'DPkg::Lock::Timeout "60";',
  'DPkg::Options { "--force-confdef"; "--force-confold"; };',
];

/** Writes what a base system has besides its packages into a folder: a root that is trusted, or one that is copied into a machine. */
export async function writeFurniture(folder: string, request: Pick<BaseRequest, 'packages'>): Promise<void> {
  const put = async (name: string, text: string, mode = 0o644): Promise<void> => {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true, mode: 0o755 });
    await writeFile(file, text, { mode });
    await chmod(file, mode);
  };
  await put('etc/apt/apt.conf.d/99release-kit', `${aptSettings.join('\n')}\n`);
  await put('etc/hostname', `${usualHostname}\n`);
  await put('etc/hosts', hostsText(usualHostname));
  // Services start only where there is an init to start them.
  if (!request.packages.includes('systemd-sysv')) await put('usr/sbin/policy-rc.d', '#!/bin/sh\nexit 101\n', 0o755);
}
