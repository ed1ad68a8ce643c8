import { existsSync } from 'node:fs';
import { readFile, realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Host, UserError } from '@release-kit/action';
import { type ChangelogEntry, parseChangelog } from '@release-kit/debian';

/** What the user pointed at. */
export interface Source {
  readonly kind: 'tree' | 'dsc';
  /** Absolute: the folder that holds debian/, or the .dsc file. */
  readonly path: string;
  /** Absolute folder to look for configuration and source lines in. */
  readonly folder: string;
  /** Newest entry of debian/changelog; undefined for a .dsc, which is unpacked in the machine. */
  readonly newest: ChangelogEntry | undefined;
  /** True when the folder is the top of a git checkout of its own, so that its history is this project's. */
  readonly ownHistory: boolean;
}

/** Looks at the path before anything expensive. Throws E_SOURCE, E_CHANGELOG. */
export async function lookAtSource(path: string, host: Host): Promise<Source> {
  const absolute = resolve(host.files.workspace, path);
  if (!existsSync(absolute)) throw new UserError('E_SOURCE', `${path} does not exist`);
  if (absolute.endsWith('.dsc')) return { kind: 'dsc', path: absolute, folder: dirname(absolute), newest: undefined, ownHistory: false };
  const changelog = join(absolute, 'debian', 'changelog');
  if (!existsSync(changelog)) throw new UserError('E_SOURCE', `${path} holds no debian/changelog`);
  const newest = parseChangelog(await readFile(changelog, 'utf8'), join(path, 'debian/changelog'), { newest: 1 })[0];
  if (newest === undefined)
    throw new UserError('E_CHANGELOG', 'the changelog has no entry', { place: { file: join(path, 'debian/changelog'), line: 1 } });
  return { kind: 'tree', path: absolute, folder: absolute, newest, ownHistory: await isTopOfCheckout(absolute, host) };
}

async function isTopOfCheckout(folder: string, host: Host): Promise<boolean> {
  if (!existsSync(join(folder, '.git'))) return false;
  const { exitCode, stdout } = await host.exec(['git', '-c', `safe.directory=${folder}`, 'rev-parse', '--show-toplevel'], {
    cwd: folder,
    allow: 'any',
  });
  return exitCode === 0 && (await realpath(stdout.trimEnd())) === (await realpath(folder));
}
