import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Host, inertLine, UserError } from '@release-kit/action';
import { type ChangelogEntry, parseChangelog, parseDsc } from '@release-kit/debian';
import { openGit } from '@release-kit/git';

/** What the user pointed at. */
export interface Source {
  readonly kind: 'tree' | 'dsc';
  /** Absolute: the folder that holds debian/, or the .dsc file. */
  readonly path: string;
  /** Absolute folder to look for configuration and source lines in. */
  readonly folder: string;
  /** Debian version of debian/changelog or of the .dsc. */
  readonly version: string;
  /** Newest entry of debian/changelog; undefined for a .dsc, which is unpacked in the machine. */
  readonly newest: ChangelogEntry | undefined;
  /** Release tags of the commit that is checked out, greatest first; undefined without a git history of its own. */
  readonly tags: readonly string[] | undefined;
}

/** Looks at the path before anything expensive. Throws E_SOURCE, E_CHANGELOG, E_CONTROL, E_GIT. */
export async function lookAtSource(path: string, host: Host): Promise<Source> {
  const absolute = resolve(host.files.workspace, path);
  if (!existsSync(absolute)) throw new UserError('E_SOURCE', `${inertLine(path)} does not exist`);
  if (absolute.endsWith('.dsc')) {
    const { version } = parseDsc(await readFile(absolute, 'utf8'), path);
    return { kind: 'dsc', path: absolute, folder: dirname(absolute), version, newest: undefined, tags: undefined };
  }
  const changelog = join(absolute, 'debian', 'changelog');
  const place = { file: join(path, 'debian/changelog'), line: 1 };
  if (!existsSync(changelog)) throw new UserError('E_SOURCE', `${inertLine(path)} holds no debian/changelog`);
  const newest = parseChangelog(await readFile(changelog, 'utf8'), place.file, { newest: 1 })[0];
  if (newest === undefined) throw new UserError('E_CHANGELOG', 'the changelog has no entry', { place });
  return { kind: 'tree', path: absolute, folder: absolute, version: newest.version, newest, tags: await tagsOnCommit(absolute, host) };
}

/** A folder inside a larger checkout has no history of its own: its commits are about other things as well. */
export async function tagsOnCommit(folder: string, host: Host): Promise<readonly string[] | undefined> {
  if (!existsSync(join(folder, '.git'))) return undefined;
  await using git = await openGit(host, folder);
  const { stdout } = await git.run(['tag', '--points-at', 'HEAD', '--list', 'v*', '--sort=-version:refname']);
  return stdout.split('\n').filter((tag) => tag !== '');
}
