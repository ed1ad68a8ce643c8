import { statfs } from 'node:fs/promises';
import { type Argv, type ExecResult, UserError } from '@release-kit/action';
import type { MachineCommand } from '@release-kit/machine';

/** Milliseconds between two looks; within it nothing fills a disk that has a gigabyte left. */
const interval = 200;
/** Bytes that stay free for the host. */
const reserve = 1024 ** 3;

/** The disk that machines write to. */
export interface DiskGuard {
  /** On its file system. */
  readonly folder: string;
  /** Bytes that must stay free. */
  readonly least: number;
}

export async function diskGuard(folder: string): Promise<DiskGuard> {
  return { folder, least: leastFree(await freeBytes(folder)) };
}

/** How much must stay free, of what is free at first: a small disk may be used for the most part as well. */
export const leastFree = (free: number): number => Math.min(reserve, Math.floor(free / 4));

/** A machine whose commands end when the disk of the host runs full: by a CommandError E_COMMAND that says so. */
export function guarded<M extends { run(argv: Argv, command?: MachineCommand): Promise<ExecResult> }>(machine: M, disk: DiskGuard): M {
  return {
    ...machine,
    run: async (argv: Argv, command: MachineCommand = {}) => {
      using watch = watchDisk(disk);
      const signal = command.signal === undefined ? watch.signal : AbortSignal.any([watch.signal, command.signal]);
      return await machine.run(argv, { ...command, signal });
    },
  };
}

function watchDisk({ folder, least }: DiskGuard): Disposable & { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const look = async (): Promise<void> => {
    if ((await freeBytes(folder)) >= least) return;
    const cure = 'Look at what writes without an end, or make room on the disk.';
    const left = `less than ${Math.ceil(least / 1024 ** 2)} MiB are left`;
    controller.abort(new UserError('E_COMMAND', `the disk of this host ran full: ${left}`, { cure }));
  };
  // A folder that cannot be looked at is gone with the run.
  const timer = setInterval(() => void look().catch(() => clearInterval(timer)), interval).unref();
  return { signal: controller.signal, [Symbol.dispose]: () => clearInterval(timer) };
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
