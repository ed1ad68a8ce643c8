import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { codeOf } from '@release-kit/action';

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
    controlGroups: abandonedControlGroups().filter((group) => !ofOthers.has(group)),
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

/** Control groups of machines whose process, which is part of their name, has ended. */
function abandonedControlGroups(root = '/sys/fs/cgroup'): string[] {
  return foldersBelow(root).filter((path) => {
    const owner = ofMachine.exec(basename(path))?.[1];
    return owner !== undefined && !existsSync(`/proc/${Number.parseInt(owner, 16)}`);
  });
}

/** Other runs make and remove groups while we look. */
function foldersBelow(folder: string): string[] {
  try {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return folders.flatMap(({ name }) => [join(folder, name), ...foldersBelow(join(folder, name))]);
  } catch (error) {
    if (['ENOENT', 'ENODEV'].includes(codeOf(error) ?? '')) return [];
    throw error;
  }
}

/** As packages/machine names them: process number, start time, random part. */
const ofMachine = /^release-kit-([0-9a-f]+)-[0-9a-f]+-[0-9a-f]{12}$/;

/** Left before this test file began, by runs elsewhere on the host whose control groups we may not even reach. */
const ofOthers: ReadonlySet<string> = new Set(abandonedControlGroups());
