import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import type { EngineName } from './machine.ts';

/** A program that this host must have, the package of Debian and Ubuntu that brings it, and the reason. */
export interface HostNeed {
  readonly program: string;
  readonly package: string;
  readonly why: string;
  /** Needed by machines of this engine alone. */
  readonly engine?: EngineName;
}

/** Programs that machines need on the host. */
export const hostNeeds: readonly HostNeed[] = [
  { program: 'mmdebstrap', package: 'mmdebstrap', why: 'makes the base systems' },
  { program: 'systemd-nspawn', package: 'systemd-container', why: 'runs the clean machines', engine: 'nspawn' },
  { program: 'setpriv', package: 'util-linux', why: 'ends the machines with the run' },
  { program: 'unshare', package: 'util-linux', why: 'keeps the mounts of machines to themselves' },
  { program: 'nsenter', package: 'util-linux', why: 'enters booted machines' },
  { program: 'flock', package: 'util-linux', why: 'keeps runs from making the same base system twice' },
  { program: 'mount', package: 'mount', why: 'lays machines over their base system' },
  { program: 'tar', package: 'tar', why: 'packs base systems for the cache' },
  { program: 'zstd', package: 'zstd', why: 'packs base systems for the cache' },
  { program: 'gpgv', package: 'gpgv', why: 'verifies the archive and our own signatures' },
  // Without gpg, mmdebstrap cannot tell which file of keys is the archive's, and a Debian base system fails on Ubuntu.
  { program: 'gpg', package: 'gpg', why: 'finds the keys of the archive' },
  { program: 'git', package: 'git', why: 'reads the history and the tags' },
];

/**
 * What this host lacks for machines of an engine; undefined: the one that needs no daemon. The keys of a distribution's archive are
 * none of it: `prepareBase` fetches them.
 */
export async function missingTools(host: Pick<Host, 'env'>, engine: EngineName = 'nspawn'): Promise<readonly HostNeed[]> {
  const path = host.env('PATH') ?? process.env['PATH'];
  const needs = hostNeeds.filter((need) => need.engine === undefined || need.engine === engine);
  return missingAmong(needs, async (program) => (await findProgram(program, path)) !== undefined);
}

/** The needs whose program is not there. */
export async function missingAmong(needs: readonly HostNeed[], isPresent: (program: string) => Promise<boolean>): Promise<HostNeed[]> {
  const missing: HostNeed[] = [];
  for (const need of needs) if (!(await isPresent(need.program))) missing.push(need);
  return missing;
}

/** Absolute path of a program, looked for as a shell would and in the folders of the administrator; undefined when there is none. */
export async function findProgram(program: string, path: string | undefined): Promise<string | undefined> {
  const folders = [...(path ?? '').split(':').filter((folder) => folder.startsWith('/')), '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
  for (const folder of folders) {
    const file = join(folder, program);
    if (await exists(file, constants.X_OK)) return file;
  }
  return undefined;
}

const exists = (file: string, mode: number): Promise<boolean> =>
  access(file, mode).then(
    () => true,
    () => false,
  );
