import { readdirSync, readFileSync } from 'node:fs';

/** What a run may leave on a host: mounts, processes, temporary folders, control groups. */
export interface Traces {
  readonly mounts: readonly string[];
  readonly processes: readonly string[];
  readonly folders: readonly string[];
  readonly controlGroups: readonly string[];
}

/** Programs that only run on behalf of a machine or a build. */
const ofMachines = /systemd-nspawn|unshare|mmdebstrap|dpkg-buildpackage|lintian|apt-get|nsenter|packages\/cli\/src\/main/;

export function tracesNow(): Traces {
  return {
    mounts: readFileSync('/proc/self/mounts', 'utf8')
      .split('\n')
      .filter((line) => line !== ''),
    processes: processes(),
    folders: [...new Set(['/tmp', process.env['TMPDIR'] ?? '/tmp', '/var/tmp'])].flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => /^(release-kit-|mmdebstrap)/.test(name))
        .map((name) => `${folder}/${name}`),
    ),
    controlGroups: readdirSync('/sys/fs/cgroup', { recursive: false, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap((entry) =>
        readdirSync(`/sys/fs/cgroup/${entry.name}`)
          .filter((name) => /release-kit|^rk/.test(name))
          .map((name) => `${entry.name}/${name}`),
      ),
  };
}

/** What is there now and was not before. */
export function leftSince(before: Traces): Traces {
  const now = tracesNow();
  const fresh = (a: readonly string[], b: readonly string[]): string[] => a.filter((item) => !b.includes(item));
  return {
    mounts: fresh(now.mounts, before.mounts),
    processes: fresh(now.processes, before.processes),
    folders: fresh(now.folders, before.folders),
    controlGroups: fresh(now.controlGroups, before.controlGroups),
  };
}

export const nothing: Traces = { mounts: [], processes: [], folders: [], controlGroups: [] };

function processes(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return ofMachines.test(line) ? [`${pid} ${line}`] : [];
      } catch (error) {
        // It ended while we looked.
        if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return [];
        throw error;
      }
    });
}
