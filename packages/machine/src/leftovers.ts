import { lstat, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Host, jsonIn, UserError } from '@release-kit/action';
import { hostControlGroups, removeControlGroup, sweepControlGroups } from './control-group.ts';
import { removeMachine } from './docker-leftovers.ts';
import { isAbandoned } from './machine-name.ts';
import { isAlive, readOwner, thisProcess } from './owner.ts';

/** Beside the overlay of an instance: who made it, and what else has to go with it. */
export const instanceRecord = {
  file: 'instance.json',
  /** `machine`: the name by which a Docker daemon knows the instance's containers. */
  text: (cgroups: readonly string[], machine?: string): string => JSON.stringify({ owner: thisProcess(), cgroups, machine }),
} as const;

/**
 * Removes what runs that were killed outright could not: folders and control groups of machines whose owner is gone.
 * (Their processes and mounts went with them.) Returns what was removed, each to one caller only. `groups`: folders to look
 * for control groups in.
 */
export async function sweepLeftovers(host: Host, groups?: readonly string[]): Promise<readonly string[]> {
  await using probe = await host.files.temporary('sweep');
  const parent = dirname(probe.path);
  const removed: string[] = [];
  for (const entry of await readdir(parent, { withFileTypes: true })) {
    if (!entry.isDirectory() || !entry.name.startsWith('release-kit-machine-')) continue;
    const folder = join(parent, entry.name);
    // What somebody else has put there could be changed under our hands while we, as root, remove it.
    if ((await lstat(folder).catch(() => undefined))?.uid !== process.geteuid?.()) continue;
    const left = await abandoned(folder);
    if (left === undefined) continue;
    if (left.machine !== undefined) await removeContainers(host, left.machine);
    // Runs may sweep at the same time: who renames the folder has it, and is the only one to tell.
    const claimed = `${folder}.swept`;
    if (!(await isRenamed(folder, claimed))) continue;
    for (const cgroup of left.cgroups) await removeControlGroup(cgroup);
    await rm(claimed, { recursive: true, force: true, maxRetries: 3 });
    removed.push(folder);
  }
  return [...removed, ...(await sweepControlGroups(groups ?? (await hostControlGroups())))];
}

/** The daemon may be gone by now; the next machine by Docker looks for what it kept. */
async function removeContainers(host: Host, machine: string): Promise<void> {
  try {
    await removeMachine(host, machine);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    host.log.debug(`containers of ${machine} could not be removed: ${error.message}`);
  }
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

interface Left {
  readonly cgroups: readonly string[];
  readonly machine: string | undefined;
}

/** What an abandoned instance left besides its folder; undefined when it is alive, or none of ours. */
async function abandoned(folder: string): Promise<Left | undefined> {
  // A new one has no record yet, and is not ours to remove.
  const text = await readFile(join(folder, instanceRecord.file), 'utf8').catch(() => undefined);
  if (text === undefined) return (await isForgotten(folder)) ? { cgroups: [], machine: undefined } : undefined;
  const { owner, ...left } = readRecord(text);
  return owner === undefined || isAlive(owner) ? undefined : left;
}

/** Milliseconds. A machine writes its record within a second. */
const recordedWithin = 60 * 60_000;

/** A run that was killed in the moment before it wrote the record leaves an empty folder. */
async function isForgotten(folder: string): Promise<boolean> {
  // Another run may have swept it meanwhile.
  const entries = await readdir(folder).catch(() => undefined);
  const status = await stat(folder).catch(() => undefined);
  return entries?.length === 0 && status !== undefined && Date.now() - status.mtimeMs > recordedWithin;
}

function readRecord(text: string): Left & { owner: ReturnType<typeof readOwner> } {
  const nothing = { owner: undefined, cgroups: [], machine: undefined };
  const value = jsonIn(text);
  if (typeof value !== 'object' || value === null || !('owner' in value) || !('cgroups' in value)) return nothing;
  const cgroups = Array.isArray(value.cgroups)
    ? value.cgroups.filter((item): item is string => typeof item === 'string' && isOurs(item))
    : [];
  const machine = 'machine' in value && typeof value.machine === 'string' && isAbandoned(value.machine) ? value.machine : undefined;
  return { owner: readOwner(JSON.stringify(value.owner)), cgroups, machine };
}

/** A record is removed by us as root, so it may name nothing but a group that `createMachine` could have made. */
const isOurs = (cgroup: string): boolean =>
  /^\/sys\/fs\/cgroup\/(?:[^/]+\/)*release-kit-[0-9a-f-]{12,52}$/.test(cgroup) && !cgroup.includes('/../');
