import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Host } from '@release-kit/action';
import { removeControlGroup, sweepControlGroups } from './control-group.ts';
import { isAlive, readOwner, thisProcess } from './owner.ts';

/** Beside the overlay of an instance: who made it, and what else has to go with it. */
export const instanceRecord = {
  file: 'instance.json',
  text: (cgroups: readonly string[]): string => JSON.stringify({ owner: thisProcess(), cgroups }),
} as const;

/**
 * Removes what runs that were killed outright could not: folders and control groups of machines whose owner is gone.
 * (Their processes and mounts went with them.) Returns what was removed.
 */
export async function sweepLeftovers(host: Host): Promise<readonly string[]> {
  await using probe = await host.files.temporary('sweep');
  const parent = dirname(probe.path);
  const removed: string[] = [];
  for (const entry of await readdir(parent, { withFileTypes: true })) {
    if (!entry.isDirectory() || !entry.name.startsWith('release-kit-machine-')) continue;
    const folder = join(parent, entry.name);
    const cgroups = await abandoned(folder);
    if (cgroups === undefined) continue;
    // Runs may sweep at the same time: who renames the folder has it, and is the only one to tell.
    const claimed = `${folder}.swept`;
    if (!(await isRenamed(folder, claimed))) continue;
    for (const cgroup of cgroups) await removeControlGroup(cgroup);
    await rm(claimed, { recursive: true, force: true, maxRetries: 3 });
    removed.push(folder);
  }
  return [...removed, ...(await sweepControlGroups())];
}

/** False when the folder is not there any more. */
function isRenamed(from: string, to: string): Promise<boolean> {
  return rename(from, to).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );
}

/** The control groups of an abandoned instance; undefined when it is alive, or none of ours. */
async function abandoned(folder: string): Promise<readonly string[] | undefined> {
  // Another user's folder cannot be read, a new one has no record yet: neither is ours to remove.
  const text = await readFile(join(folder, instanceRecord.file), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { owner, cgroups } = readRecord(text);
  return owner === undefined || isAlive(owner) ? undefined : cgroups;
}

function readRecord(text: string): { owner: ReturnType<typeof readOwner>; cgroups: readonly string[] } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { owner: undefined, cgroups: [] };
  }
  if (typeof value !== 'object' || value === null || !('owner' in value) || !('cgroups' in value)) return { owner: undefined, cgroups: [] };
  const cgroups = Array.isArray(value.cgroups)
    ? value.cgroups.filter((item): item is string => typeof item === 'string' && isOurs(item))
    : [];
  return { owner: readOwner(JSON.stringify(value.owner)), cgroups };
}

/** A record is removed by us as root, so it may name nothing but a group that `createMachine` could have made. */
const isOurs = (cgroup: string): boolean =>
  /^\/sys\/fs\/cgroup\/(?:[^/]+\/)*release-kit-[0-9a-f-]{12,52}$/.test(cgroup) && !cgroup.includes('/../');
