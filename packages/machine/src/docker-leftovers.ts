import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Host } from '@release-kit/action';
import { docker, dockerWhole } from './docker-cli.ts';
import { isAbandoned } from './machine-name.ts';

/** How containers and images of a machine are found: by this label. Its value is the machine's name, which tells the owner. */
export const machineLabel = 'release-kit.machine';
/** Whose process numbers the owner's is one of: one daemon may serve several hosts, and containers with numbers of their own. */
export const placeLabel = 'release-kit.place';
/** Repository of the images that carry a file system from one container of a machine to the next. */
export const machineRepository = 'release-kit-machine';

/** The same for all processes that see each other, before and after a restart of the host. */
export function thisPlace(): string {
  return createHash('sha256')
    .update(`${hostId()} ${readlinkSync('/proc/self/ns/pid')}`)
    .digest('hex')
    .slice(0, 16);
}

function hostId(): string {
  try {
    return readFileSync('/etc/machine-id', 'utf8').trim();
  } catch {
    return hostname(); // machine-id(5) is not in every container
  }
}

/** The machine that a container or image tag belongs to: `<machine>.<number>`. */
export function machineOf(name: string): string {
  return name.replace(/\.\d+$/, '');
}

/** Removes what machines of killed runs left in the daemon, wherever their folders were. Returns the machines' names. */
export async function sweepDocker(host: Host): Promise<readonly string[]> {
  const filter = ['--filter', `label=${placeLabel}=${thisPlace()}`];
  const containers = await docker(host, ['ps', '--all', ...filter, '--format', '{{.Names}}']);
  const images = await docker(host, ['image', 'ls', ...filter, '--format', '{{.Tag}}', machineRepository]);
  const machines = new Set(`${containers.stdout}\n${images.stdout}`.split('\n').map(machineOf).filter(isAbandoned));
  for (const machine of machines) await removeMachine(host, machine);
  return [...machines];
}

/** Removes all containers and images of a machine. */
export async function removeMachine(host: Host, machine: string): Promise<void> {
  const label = `label=${machineLabel}=${machine}`;
  await removeAll(host, ['ps', '--all', '--quiet', '--filter', label], ['rm', '--force', '--volumes']);
  await removeAll(host, ['image', 'ls', '--quiet', '--filter', label], ['image', 'rm', '--force']);
}

/** The daemon may still be at work on what it was asked for before; so it is asked until there is nothing left. */
async function removeAll(host: Host, list: readonly string[], remove: readonly string[]): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    const { stdout } = await dockerWhole(host, list);
    const ids = [...new Set(stdout.split('\n').filter((line) => line !== ''))];
    if (ids.length === 0) return;
    await dockerWhole(host, [...remove, ...ids], attempt < 5 ? { allow: 'any' } : {});
    if (attempt > 0) await sleep(200);
  }
}
