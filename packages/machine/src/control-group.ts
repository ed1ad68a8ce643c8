import { mkdir, readdir, readFile, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * systemd in a container needs a control group of its own; without one, machines that run at the same time would
 * share nspawn's `payload` group. Only systemd's own hierarchy and the unified one matter to it.
 */
export async function makeControlGroups(name: string): Promise<string[]> {
  const [mounts, membership] = await Promise.all([readFile('/proc/self/mounts', 'utf8'), readFile('/proc/self/cgroup', 'utf8')]);
  const made: string[] = [];
  for (const parent of ownControlGroups(mounts, membership)) {
    const folder = join(parent, name);
    // Read only inside some containers: nspawn then says itself whether it can do without.
    if (
      await mkdir(folder).then(
        () => true,
        () => false,
      )
    )
      made.push(folder);
  }
  return made;
}

/** Folders of this process's groups, from /proc/self/mounts and /proc/self/cgroup; cgroups(7). */
export function ownControlGroups(mounts: string, membership: string): string[] {
  const paths = new Map<string, string>();
  for (const line of membership.split('\n')) {
    const [id, controllers, ...path] = line.split(':');
    if (id === '0') paths.set('cgroup2', path.join(':'));
    else if (controllers === 'name=systemd') paths.set('cgroup', path.join(':'));
  }
  const folders: string[] = [];
  for (const line of mounts.split('\n')) {
    const [, point = '', type = '', options = ''] = line.split(' ');
    if (type === 'cgroup' && !options.split(',').includes('name=systemd')) continue;
    const path = paths.get(type);
    if (path === undefined || path.startsWith('/..')) continue;
    paths.delete(type);
    folders.push(join(point, path));
  }
  return folders;
}

/** Removes a group with all groups below it. The kernel may need a moment after the last process. */
export async function removeControlGroup(folder: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await removeTree(folder);
      return;
    } catch (error) {
      if (attempt === 20) throw error;
      await sleep(50);
    }
  }
}

async function removeTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  for (const entry of entries) if (entry.isDirectory()) await removeTree(join(folder, entry.name));
  await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}
