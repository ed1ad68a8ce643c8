import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';
import { innerPath } from '@release-kit/action/inner-path';
import type { ChangelogConfig, ChangelogFiles } from './changelog-config.ts';
import type { Config } from './config.ts';
import { effectiveConfig } from './effective.ts';
import { readStart } from './file-start.ts';
import { maxConfigBytes } from './limits.ts';
import type { YamlTree } from './yaml-tree.ts';

/** In this order; the first that exists is used. */
export const configFileNames: readonly string[] = ['release-kit.yml', '.github/release-kit.yml'];

/** The configuration file of a repository, absolute; undefined when there is none. Throws E_CONFIG when there are two. */
export async function findConfig(folder: string): Promise<string | undefined> {
  const found: string[] = [];
  for (const name of configFileNames) if (await exists(join(folder, name))) found.push(name);
  const [first, second] = found;
  if (second !== undefined)
    throw new UserError('E_CONFIG', `there are two configuration files, ${found.join(' and ')}`, {
      place: { file: second },
      cure: 'Keep one of them.',
    });
  return first === undefined ? undefined : join(folder, first);
}

/**
 * The configuration file for what lies in `folder`: its own, else that of the nearest folder above it that has one, up to `top`. A folder outside of
 * `top` has its own or that of `top`. Both are absolute. Throws E_CONFIG when a folder has two.
 */
export async function nearestConfig(folder: string, top: string): Promise<string | undefined> {
  for (let at = folder; ; ) {
    const file = await findConfig(at);
    const below = innerPath(top, at);
    if (file !== undefined || below === '') return file;
    at = below === undefined ? top : dirname(at);
  }
}

/**
 * The effective configuration: of `file` (absolute), or the defaults when undefined. Paths in it are relative to
 * `rootOf(file)`. Messages name the file as seen from `workspace` (absolute), by default from that root.
 */
export async function loadConfig(file: string | undefined, workspace?: string): Promise<Config> {
  if (file === undefined) return effectiveConfig({}, () => undefined);
  const root = rootOf(file);
  const shown = shownName(file, workspace ?? root);
  const config = await readConfig(await readText(file, shown), shown);
  for (const [index, { path }] of (config.packages ?? []).entries())
    await checkInside(resolve(root, path), root, `packages[${index}].path`, config);
  if (config.lint.baseline !== undefined) await checkInside(resolve(root, config.lint.baseline), root, 'lint.baseline', config);
  for (const [name, path] of changelogPaths(config.changelog)) await checkInside(resolve(root, path), root, name, config);
  const { preseed, previous } = config.smoke;
  if (preseed !== undefined) await checkInside(resolve(root, preseed), root, 'smoke.preseed', config);
  if (previous?.from === 'folder') await checkInside(resolve(root, previous.path), root, 'smoke.previous', config);
  return config;
}

/** What the section `changelog` reads and writes, by its name in the file. */
function* changelogPaths({ packages, versionFile, files, announcements }: ChangelogConfig): Generator<[name: string, path: string]> {
  if (versionFile !== undefined) yield ['changelog.version-file', versionFile];
  for (const [form, { body }] of Object.entries(announcements.templates))
    if (body !== undefined) yield [`changelog.announcements.${form}.body`, body];
  const written = (own: ChangelogFiles) =>
    Object.entries({ changelog: own.changelog, debian: own.debianChangelog, appstream: own.appstream, json: own.json });
  for (const [key, path] of written(files)) if (path !== undefined && packages.length === 0) yield [`changelog.files.${key}`, path];
  for (const [index, { path: folder, files: own }] of packages.entries()) {
    yield [`changelog.packages[${index}].path`, folder];
    for (const [key, path] of written(own ?? files))
      if (path !== undefined)
        yield [own === undefined ? `changelog.files.${key}` : `changelog.packages[${index}].files.${key}`, join(folder, path)];
  }
}

/** Reads the text of a configuration; the YAML and schema libraries are loaded only here. `file` is the name for messages. */
export async function readConfig(text: string, file: string): Promise<Config> {
  const { parseConfig } = await import('./read-config.ts');
  return parseConfig(text, file);
}

/** Reads any YAML file by the rules of the configuration, with the place of everything in it. E_CONFIG. */
export async function readYaml(text: string, file: string): Promise<YamlTree> {
  const { readYamlTree } = await import('./yaml-tree.ts');
  return readYamlTree(text, file);
}

/** Folder that paths of a configuration file are relative to: its own, or the one above when that is `.github`. */
export function rootOf(file: string): string {
  const folder = dirname(resolve(file));
  return basename(folder) === '.github' ? dirname(folder) : folder;
}

function shownName(file: string, workspace: string): string {
  return innerPath(workspace, resolve(file)) ?? file;
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function readText(file: string, shown: string): Promise<string> {
  const bytes = await bytesOf(file, shown);
  if (bytes.length > maxConfigBytes)
    throw new UserError('E_CONFIG', `the file is larger than ${maxConfigBytes / 1024} KiB`, { place: { file: shown, line: 1, column: 1 } });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UserError('E_CONFIG', 'the file is not UTF-8 text', { place: { file: shown, line: 1, column: 1 }, cause });
  }
}

async function bytesOf(file: string, shown: string): Promise<Uint8Array> {
  try {
    return await readStart(file, maxConfigBytes);
  } catch (cause) {
    const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : String(cause);
    throw new UserError('E_CONFIG', `the file cannot be read (${inertLine(code)})`, { place: { file: shown }, cause });
  }
}

/** A package folder may be a symbolic link, but not one that leads out of the repository. What is missing is told by who needs it. */
async function checkInside(path: string, root: string, name: string, config: Config): Promise<void> {
  const place = config.place(name);
  const where = place === undefined ? {} : { place };
  if (relative(root, path).split(sep).includes('.git')) throw new UserError('E_PATH', `${name} leads into git's own data`, where);
  if (!(await pathExists(path))) return;
  const [real, realRoot] = await Promise.all([realpath(path), realpath(root)]);
  if (innerPath(realRoot, real) !== undefined) return;
  throw new UserError('E_PATH', `${name} is a symbolic link that leads out of the repository`, where);
}

async function pathExists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
