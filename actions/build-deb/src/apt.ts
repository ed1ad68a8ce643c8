import type { ExecResult } from '@release-kit/action';
import type { Machine } from '@release-kit/machine';

export interface AptSurroundings {
  /** Inside the machine. */
  readonly cwd?: string;
  readonly logFile: string;
  /** Milliseconds that are left. */
  readonly timeout: () => number;
  /** Gets each line of output. */
  readonly onLine?: ((line: string) => void) | undefined;
}

const environment = { DEBIAN_FRONTEND: 'noninteractive', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
// apt's own retries cover a mirror that drops a connection. Nothing of this machine outlives the build, so nothing needs to be synced to the disk.
const options = [
  '-q',
  '-y',
  '-o',
  'Acquire::Retries=3',
  '-o',
  'APT::Install-Recommends=false',
  '-o',
  'Dpkg::Use-Pty=0',
  '-o',
  'DPkg::Options::=--force-unsafe-io',
];

/** Runs apt-get in the machine, with the network on; its output goes to the log file, and its exit code is the caller's to judge. */
export function aptGet(
  machine: Machine,
  words: readonly string[],
  { cwd, logFile, timeout, onLine }: AptSurroundings,
): Promise<ExecResult> {
  return machine.run(['apt-get', ...options, ...words], {
    ...(cwd === undefined ? {} : { cwd }),
    env: environment,
    network: true,
    allow: 'any',
    logFile,
    ...(onLine === undefined ? {} : { onLine }),
    timeout: timeout(),
  });
}
