import { UserError } from '@release-kit/action';
import type { MachineOptions } from './machine.ts';

/** What every machine is called unless a build is to be told a name of its own. */
export const usualHostname = 'release-kit';

/** The host name that the options ask for: one label, as hostname(7) allows it. E_MACHINE for anything else. */
export function hostnameOf({ hostname = usualHostname }: MachineOptions): string {
  if (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(hostname)) return hostname;
  throw new UserError('E_MACHINE', `${JSON.stringify(hostname)} cannot be the name of a host`);
}

/** /etc/hosts of a machine: its own name leads to itself, as on an installed Debian. */
export const hostsText = (hostname: string): string =>
  `127.0.0.1 localhost\n127.0.1.1 ${hostname}\n::1 localhost ip6-localhost ip6-loopback\n`;
