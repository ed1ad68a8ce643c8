import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from './refusal.ts';

/** Path with `/` -> bytes, sorted by path. */
export type Files = ReadonlyMap<string, Buffer>;

/** What `npm run build` made. */
export interface BuiltTree {
  /** Names of the actions, sorted. */
  readonly actions: readonly string[];
  /** Files of the actions' folders, and what lies at the root but action.yml and README.md, which name a commit. */
  readonly files: Files;
  /** The composite action that uses the others. */
  readonly pipeline: string;
}

const actionName = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
/** Nothing that a shell, git or a file system could take for something else. */
const fileName = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;
const rootFile = /^(LICENSE|[a-z-]+\.schema\.json|sbom\.cdx\.json)$/;
const ownPages = new Set(['README.md', 'action.yml']);

/** Reads dist/. What does not belong there stops it: a tag is for ever. @throws Refusal tree */
export async function readBuiltTree(dist: string): Promise<BuiltTree> {
  const files = new Map<string, Buffer>();
  const actions: string[] = [];
  for (const entry of await entriesOf(dist)) {
    if (entry.isDirectory() && actionName.test(entry.name)) {
      actions.push(entry.name);
      for (const [path, bytes] of await actionFolder(join(dist, entry.name))) files.set(`${entry.name}/${path}`, bytes);
    } else if (entry.isFile() && rootFile.test(entry.name)) files.set(entry.name, await readFile(join(dist, entry.name)));
    else if (!entry.isFile() || !ownPages.has(entry.name))
      throw new Refusal('tree', `${join(dist, entry.name)} is not part of what is published`, rebuild);
  }
  if (actions.length === 0) throw new Refusal('tree', `${dist} holds no action`, rebuild);
  for (const file of ['LICENSE', 'sbom.cdx.json']) if (!files.has(file)) throw new Refusal('tree', `${dist} holds no ${file}`, rebuild);
  return { actions, files: sorted(files), pipeline: await readFile(join(dist, 'action.yml'), 'utf8') };
}

const rebuild = 'Remove dist/ but its README.md, and run npm run build.';
const needed = ['action.yml', 'README.md', 'index.js', 'package.json', 'licenses.txt'];

async function actionFolder(folder: string): Promise<Files> {
  const files = new Map<string, Buffer>();
  for (const entry of await entriesOf(folder)) {
    if (!entry.isFile() || !fileName.test(entry.name))
      throw new Refusal('tree', `${join(folder, entry.name)} is not a plain file`, rebuild);
    files.set(entry.name, await readFile(join(folder, entry.name)));
  }
  for (const name of needed) if (!files.has(name)) throw new Refusal('tree', `${folder} holds no ${name}`, rebuild);
  return files;
}

async function entriesOf(folder: string): Promise<Awaited<ReturnType<typeof list>>> {
  try {
    return await list(folder);
  } catch (error) {
    throw new Refusal('tree', `${folder} cannot be read: ${error instanceof Error ? error.message : String(error)}`, 'Run npm run build.');
  }
}

const list = async (folder: string) => (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));

/** In the order of git's trees and of digests: by code units of the path. */
export const sorted = (files: Files): Files => new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
