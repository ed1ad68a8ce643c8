import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Machine } from '@release-kit/machine';

/** Brings a folder that a machine fetched to the path where the host keeps it: whole or not at all, in place of what was there. */
export async function keepFetched(machine: Pick<Machine, 'copyOut'>, folder: string, kept: string): Promise<void> {
  await mkdir(dirname(kept), { recursive: true });
  const fetched = await mkdtemp(join(dirname(kept), '.fetching-'));
  try {
    await machine.copyOut(folder, fetched);
    await rm(kept, { recursive: true, force: true });
    await rename(fetched, kept);
  } finally {
    await rm(fetched, { recursive: true, force: true });
  }
}
