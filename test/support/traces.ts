import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** What a run may leave on a host: mounts, processes, temporary folders, control groups. */
export interface Traces {
  readonly mounts: readonly string[];
  readonly processes: readonly string[];
  readonly folders: readonly string[];
  readonly controlGroups: readonly string[];
}

export const nothing: Traces = { mounts: [], processes: [], folders: [], controlGroups: [] };

/**
 * What is left of a run whose TMPDIR was `folder`, made for it alone: everything the run starts or makes has this path in
 * its command line, environment or working folder. So other runs on the same host do not count.
 */
export function leftOf(folder: string): Traces {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  return {
    mounts: mounts.filter((line) => line.includes(folder)),
    processes: processIds().flatMap((pid) => (wordsOf(pid).some((word) => word.includes(folder)) ? [`${pid} ${wordsOf(pid)[0]}`] : [])),
    folders: readdirSync(folder),
    controlGroups: emptyControlGroups(),
  };
}

function processIds(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid);
}

/** Command line, environment and working folder; nothing when the process ended while we looked. */
function wordsOf(pid: number): readonly string[] {
  try {
    const text = ['cmdline', 'environ'].map((file) => readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', ' '));
    return [...text, readlinkSync(`/proc/${pid}/cwd`)];
  } catch {
    return [''];
  }
}

/** Control groups of machines that nobody is in any more. */
function emptyControlGroups(root = '/sys/fs/cgroup'): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.startsWith('release-kit-'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (group) =>
        readFileSync(join(group, 'cgroup.procs'), 'utf8') === '' &&
        readdirSync(group, { withFileTypes: true }).every((entry) => !entry.isDirectory()),
    );
}
