import type { MachineRun } from '../package-manager.ts';
import { type ListeningSocket, parseInternetSockets, parseUnixSockets } from './socket-table.ts';

/** Who listens where. */
export interface Listener {
  /** `127.0.0.1:8080/tcp`, `[::1]:53/udp`, `/run/x.sock`, `@x`. Raw. */
  readonly address: string;
  readonly protocol: ListeningSocket['protocol'];
  readonly port: number;
  /** Whether every host of the network can reach it. */
  readonly isEverywhere: boolean;
  /** Unit whose processes hold it: `hello.service`; undefined: nobody that still runs. Raw. */
  readonly unit: string | undefined;
  /** Name of the program; proc(5), comm. Raw. */
  readonly program: string;
}

// One command, since each costs the time of a unit; the parts begin with a line of their own.
const script = `
for name in tcp tcp6 udp udp6 unix; do echo "= $name"; cat "/proc/net/$name" 2>/dev/null; done
echo "= sockets"
find /proc/[0-9]*/fd -lname 'socket:*' -printf '%p %l\\n' 2>/dev/null
echo "= processes"
grep -s "" /proc/[0-9]*/cgroup /proc/[0-9]*/comm
true`;

/** All sockets of the machine that listen. Needs no program but those of every Debian system. */
export async function readListeners(run: MachineRun): Promise<readonly Listener[]> {
  const { stdout } = await run(['/bin/sh', '-c', script], { allow: 'any', timeout: 60_000, env: { LC_ALL: 'C.UTF-8' } });
  return parseListeners(stdout);
}

export function parseListeners(text: string): readonly Listener[] {
  const parts = new Map(text.split(/^= /m).map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]));
  const part = (name: string): string => parts.get(name) ?? '';
  const sockets = [
    ...parseInternetSockets('tcp', part('tcp')),
    ...parseInternetSockets('tcp', part('tcp6')),
    ...parseInternetSockets('udp', part('udp')),
    ...parseInternetSockets('udp', part('udp6')),
    ...parseUnixSockets(part('unix')),
  ];
  const holders = holdersOf(part('sockets'));
  const { units, programs } = processesOf(part('processes'));
  const listeners = sockets.map(({ protocol, address, port, inode }): Listener => {
    // systemd holds the sockets that it passes on as well.
    const pids = holders.get(inode) ?? [];
    const pid = pids.find((each) => each !== '1') ?? pids[0] ?? '';
    return {
      address: protocol === 'unix' ? address : `${address}:${port}/${protocol}`,
      protocol,
      port,
      isEverywhere: ['0.0.0.0', '[::]'].includes(address),
      unit: units.get(pid),
      program: programs.get(pid) ?? '',
    };
  });
  const unique = new Map(listeners.map((listener) => [`${listener.address} ${listener.unit ?? ''}`, listener]));
  return [...unique.values()].sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
}

/** Lines of `/proc/PID/fd/N socket:[INODE]`. */
function holdersOf(text: string): ReadonlyMap<string, readonly string[]> {
  const holders = new Map<string, string[]>();
  for (const [, pid = '', inode = ''] of text.matchAll(/^\/proc\/(\d+)\/fd\/\d+ socket:\[(\d+)\]$/gm))
    holders.set(inode, [...(holders.get(inode) ?? []), pid]);
  return holders;
}

/** Lines of `/proc/PID/FILE:LINE`; the unit is the part of the control group of systemd that is named like one; cgroups(7). */
function processesOf(text: string): { units: ReadonlyMap<string, string>; programs: ReadonlyMap<string, string> } {
  const units = new Map<string, string>();
  const programs = new Map<string, string>();
  for (const [, pid = '', file, line = ''] of text.matchAll(/^\/proc\/(\d+)\/(comm|cgroup):(.*)$/gm)) {
    if (file === 'comm') programs.set(pid, line);
    const [, path = ''] = /^\d+:(?:name=systemd)?:(\/.*)$/.exec(line) ?? [];
    const unit = file === 'cgroup' ? path.split('/').find((word) => /\.(?:service|scope|mount|socket)$/.test(word)) : undefined;
    if (unit !== undefined) units.set(pid, unit);
  }
  return { units, programs };
}
