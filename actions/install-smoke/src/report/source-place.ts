import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { innerPath, type Place } from '@release-kit/action';
import type { Subject } from '../problem.ts';
import { sourceLineOf } from '../tracing/script-source.ts';
import { fieldLine } from './field-line.ts';
import { filesOfPaths, pathLine } from './path-line.ts';
import { findUnitFile, templateOf } from './unit-search.ts';

/** Files of debian/ that a subject may come from, best guess first; debhelper(7) gives the names. `files`: those that are there. */
export function candidatesOf(subject: Subject, packages: readonly string[], files: readonly string[] = []): readonly string[] {
  const [first] = packages;
  if (subject.kind === 'path') return filesOfPaths(files).map((name) => `debian/${name}`);
  if (subject.kind === 'field') return ['debian/control'];
  if (subject.kind === 'script')
    return [`debian/${subject.package}.${subject.name}`, ...(subject.package === first ? [`debian/${subject.name}`] : [])];
  const unit = templateOf(subject.unit);
  const kind = unit.slice(unit.lastIndexOf('.') + 1);
  // debian/PACKAGE.service becomes PACKAGE.service, and debian/PACKAGE.NAME.service NAME.service: dh_installsystemd(1).
  const named = packages.flatMap((name) => [`debian/${name}.${unit}`, ...(unit === `${name}.${kind}` ? [`debian/${unit}`] : [])]);
  return [...named, `debian/${unit}`, ...(unit === `${first}.${kind}` ? [`debian/${kind}`] : [])];
}

/**
 * The place of a subject in the source tree, relative to the workspace; undefined when it is not found or not inside.
 * A unit's line is that of the setting at fault, else of its section.
 */
export async function placeOf(subject: Subject, sourceRoot: string, workspace: string): Promise<Place | undefined> {
  const root = await realpath(sourceRoot);
  for (const candidate of candidatesOf(subject, await packagesOf(root), await filesOf(root))) {
    const place = await placeIn(root, candidate, subject, workspace);
    if (place !== undefined) return place;
  }
  const upstream = subject.kind === 'unit' ? await findUnitFile(root, subject.unit) : undefined;
  return upstream === undefined ? undefined : await placeIn(root, upstream, subject, workspace);
}

async function placeIn(root: string, path: string, subject: Subject, workspace: string): Promise<Place | undefined> {
  const text = await readInside(root, path);
  const line = text === undefined ? undefined : lineOf(text, subject, path);
  if (line === undefined) return undefined;
  const file = innerPath(await realpath(workspace), join(root, path));
  return file === undefined ? undefined : { file, line };
}

/** From 1; undefined when the file has nothing to do with the subject. */
function lineOf(text: string, subject: Subject, file: string): number | undefined {
  const lines = text.split('\n');
  const lineWith = (test: (line: string) => boolean): number | undefined => {
    const index = lines.findIndex(test);
    return index < 0 ? undefined : index + 1;
  };
  const setting = (name: string): number | undefined => lineWith((line) => line.trimStart().startsWith(`${name}=`));
  switch (subject.kind) {
    case 'script':
      return scriptLine(text, subject);
    case 'unit':
      return (subject.setting === undefined ? undefined : setting(subject.setting)) ?? setting('ExecStart') ?? 1;
    case 'field':
      return fieldLine(text, subject);
    case 'path':
      return pathLine(basename(file), text, subject.path);
  }
}

/** The line that ran last; the first one where that is not known, as the whole script is then at fault. */
function scriptLine(text: string, { line, script }: Extract<Subject, { kind: 'script' }>): number {
  if (line === undefined) return 1;
  if (script !== undefined) return sourceLineOf(script, line, text)?.line ?? 1;
  // Without the installed text, lines are the same only before what debhelper puts in.
  const marker = text.split('\n').findIndex((each) => each.trim() === '#DEBHELPER#') + 1;
  return (marker === 0 || line < marker) && line <= text.split('\n').length ? line : 1;
}

/** Names of the binary packages, in the order of debian/control; none when it cannot be read, as places are only a help. */
async function packagesOf(root: string): Promise<readonly string[]> {
  const text = await readInside(root, 'debian/control');
  if (text === undefined) return [];
  return [...text.matchAll(/^Package:[ \t]*(\S+)/gim)].map((match) => match[1] ?? '');
}

const mostFiles = 1000;

/** Names of what lies in debian/. */
async function filesOf(root: string): Promise<readonly string[]> {
  try {
    return (await readdir(join(root, 'debian'))).toSorted().slice(0, mostFiles);
  } catch (error) {
    if (isUnreadable(error)) return [];
    throw error;
  }
}

const largest = 1024 * 1024;

/** The text of a regular file that is inside the root even when links are followed. */
async function readInside(root: string, path: string): Promise<string | undefined> {
  if (path.split('/').includes('..') || path.includes('\0')) return undefined;
  try {
    const real = await realpath(join(root, path));
    if (!real.startsWith(`${root}${sep}`)) return undefined;
    const facts = await stat(real);
    return facts.isFile() && facts.size <= largest ? await readFile(real, 'utf8') : undefined;
  } catch (error) {
    if (isUnreadable(error)) return undefined;
    throw error;
  }
}

/** What a path that leads to no file we may read is answered with. */
function isUnreadable(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return ['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES', 'ENAMETOOLONG'].includes(code);
}
