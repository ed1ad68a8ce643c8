import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MachineLimits } from './machine.ts';
import { isAbandoned } from './machine-name.ts';

/** As many tasks as systemd allows a container (systemd-nspawn@.service) where the host can have twice as many, and 90 % of its memory. */
export async function hostLimits(): Promise<MachineLimits> {
  const most = Number(await readFile('/proc/sys/kernel/threads-max', 'utf8'));
  // The memory that the host's own group allows; 0 or absurdly much when there is no such limit.
  const allowed = process.constrainedMemory() || Number.POSITIVE_INFINITY;
  return { tasks: Math.min(16_384, Math.floor(most / 2)), memory: Math.floor(Math.min(totalmem(), allowed) * 0.9) };
}

/**
 * Control groups of a machine, with its limits where the controllers are there. systemd in a container needs a group of its own;
 * without one, machines that run at the same time would share nspawn's `payload` group.
 */
export async function makeControlGroups(name: string, limits: MachineLimits): Promise<string[]> {
  const made: string[] = [];
  await using unfinished = new AsyncDisposableStack();
  for (const parent of await hostControlGroups()) {
    const folder = join(parent, name);
    // Read only inside some containers: nspawn then says itself whether it can do without.
    if (
      !(await mkdir(folder).then(
        () => true,
        () => false,
      ))
    )
      continue;
    unfinished.defer(async () => void (await removeControlGroup(folder)));
    await setLimits(folder, limits);
    made.push(folder);
  }
  unfinished.move();
  return made;
}

/** Removes the control groups below `parents` whose machine's process has ended. Returns those that it was the one to remove. */
export async function sweepControlGroups(parents: readonly string[]): Promise<readonly string[]> {
  const removed: string[] = [];
  for (const parent of parents) {
    for (const name of await readdir(parent)) {
      if (isAbandoned(name) && (await removeControlGroup(join(parent, name)))) removed.push(join(parent, name));
    }
  }
  return removed;
}

/** Folders of the groups that this process is in, where those of its machines are made. */
export async function hostControlGroups(): Promise<readonly string[]> {
  const [mounts, membership] = await Promise.all([readFile('/proc/self/mounts', 'utf8'), readFile('/proc/self/cgroup', 'utf8')]);
  return ownControlGroups(mounts, membership);
}

/** The kernel makes these files where the controller is at work, with the group itself. */
async function setLimits(folder: string, limits: MachineLimits): Promise<void> {
  const files = new Set(await readdir(folder));
  const wanted = { 'pids.max': limits.tasks, 'memory.max': limits.memory, 'memory.limit_in_bytes': limits.memory };
  for (const [file, value] of Object.entries(wanted)) if (files.has(file)) await writeFile(join(folder, file), String(value));
}

/** Controllers of the older layout that a machine has a group in: systemd's own bookkeeping, those that limit, those that count. */
const usedHierarchies = ['name=systemd', 'pids', 'memory', 'cpuacct', 'blkio'];

/** Folders of this process's groups, from /proc/self/mounts and /proc/self/cgroup; cgroups(7). */
export function ownControlGroups(mounts: string, membership: string): string[] {
  const paths = new Map<string, string>();
  for (const line of membership.split('\n')) {
    const [id, controllers = '', ...path] = line.split(':');
    if (id === '0') paths.set('cgroup2', path.join(':'));
    else if (usedHierarchies.some((used) => controllers.split(',').includes(used))) paths.set(controllers, path.join(':'));
  }
  const folders: string[] = [];
  for (const line of mounts.split('\n')) {
    const [, point = '', type = '', options = ''] = line.split(' ');
    const key = type === 'cgroup' ? [...paths.keys()].find((controllers) => holdsAll(options, controllers)) : type;
    const path = key === undefined ? undefined : paths.get(key);
    if (key === undefined || path === undefined || path.startsWith('/..')) continue;
    paths.delete(key);
    folders.push(join(point, path));
  }
  return folders;
}

function holdsAll(options: string, controllers: string): boolean {
  const given = options.split(',');
  return controllers.split(',').every((controller) => given.includes(controller));
}

/** Removes a group with all groups below it; false when another did. The kernel may need a moment after the last process. */
export async function removeControlGroup(folder: string): Promise<boolean> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await removeTree(folder);
    } catch (error) {
      if (attempt === 20) throw error;
      await sleep(50);
    }
  }
}

async function removeTree(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(nothingWhenGone);
  for (const entry of entries ?? []) if (entry.isDirectory()) await removeTree(join(folder, entry.name));
  return (await rmdir(folder).then(() => true, nothingWhenGone)) ?? false;
}

function nothingWhenGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
