import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '@release-kit/action';
import type { SuiteState } from './base-key.ts';
import { proxiesOf } from './nspawn-machine.ts';

/** Milliseconds for one small file; a mirror that stalls must not stop a run that has what it needs. */
const downloadTimeout = 20_000;

interface SuiteFile {
  readonly uri: string;
  /** Name in /var/lib/apt/lists. */
  readonly name: string;
}

/** Reads `apt-get update --print-uris`: `'URI' FILE SIZE CHECKSUM`, and keeps the signed index of each suite. */
export function suiteFilesIn(printedUris: string): readonly SuiteFile[] {
  const files: SuiteFile[] = [];
  for (const line of printedUris.split('\n')) {
    const [, uri, name] = /^'([^']+)' (\S+_InRelease) /.exec(line) ?? [];
    if (uri !== undefined && name !== undefined && !name.includes('/')) files.push({ uri, name });
  }
  return files;
}

/** The state of the archive that a root was made from: apt kept each suite's signed index in it. */
export async function stateOfRoot(host: Host, root: string): Promise<readonly SuiteState[]> {
  const { stdout } = await host.exec(['apt-get', '-o', `Dir=${root}`, 'update', '--print-uris'], { cwd: '/' });
  const files = suiteFilesIn(stdout);
  return Promise.all(files.map(async ({ uri, name }) => ({ uri, sha256: sha256(await readFile(join(root, 'var/lib/apt/lists', name))) })));
}

/** Whether the archive is still as it was; `unknown` when it cannot be reached. Only the signed indexes are fetched. */
export async function compareWithArchive(host: Host, states: readonly SuiteState[]): Promise<'same' | 'changed' | 'unknown'> {
  await using folder = await host.files.temporary('archive-state');
  const found = await Promise.all(
    states.map(async ({ uri, sha256: known }, index) => {
      const file = join(folder.path, String(index));
      const options = ['-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=10', '-o', 'APT::Sandbox::User=root'];
      const { exitCode } = await host
        .exec(['/usr/lib/apt/apt-helper', ...options, 'download-file', uri, file], {
          cwd: '/',
          allow: 'any',
          timeout: downloadTimeout,
          env: proxiesOf(host),
        })
        .catch((error: unknown) => {
          if (host.signal.aborted) throw error;
          return { exitCode: null }; // took too long
        });
      if (exitCode !== 0) return 'unknown';
      return sha256(await readFile(file)) === known ? 'same' : 'changed';
    }),
  );
  if (found.includes('changed')) return 'changed';
  return found.length === 0 || found.includes('unknown') ? 'unknown' : 'same';
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
