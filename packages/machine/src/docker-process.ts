import { readFile } from 'node:fs/promises';
import type { Host } from '@release-kit/action';
import { ownControlGroups } from './control-group.ts';
import { docker } from './docker-cli.ts';

/** The first process of a container, seen from this host. */
export interface LocalProcess {
  readonly pid: number;
  /** Absolute folders of the container's control groups. */
  readonly cgroups: readonly string[];
}

/** undefined when the daemon runs elsewhere, so that the number it gives is nothing here, or another process. */
export async function localProcess(host: Host, container: string): Promise<LocalProcess | undefined> {
  const { stdout } = await docker(host, ['container', 'inspect', '--format={{.State.Pid}} {{.Id}}', container]);
  const [, pid, id] = /^([1-9]\d*) ([0-9a-f]{64})$/.exec(stdout.trim()) ?? [];
  if (pid === undefined || id === undefined) return undefined;
  const [mounts, membership] = await Promise.all(
    ['self/mounts', `${pid}/cgroup`].map((file) => readFile(`/proc/${file}`, 'utf8').catch(() => '')),
  );
  return processIn(Number(pid), id, mounts ?? '', membership ?? '');
}

/** The rule behind `localProcess`: the control groups of a container's process have the container's id in their path. */
export function processIn(pid: number, id: string, mounts: string, membership: string): LocalProcess | undefined {
  const cgroups = ownControlGroups(mounts, membership).filter((folder) => folder.includes(id));
  return cgroups.length === 0 ? undefined : { pid, cgroups };
}
