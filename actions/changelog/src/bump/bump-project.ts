import { posix } from 'node:path';
import { inertLine, UserError } from '@release-kit/action';
import { type BumpPlace, bumpFile, type KnownFile, kindOf, readManifest } from '@release-kit/history/bump';
import { textOf } from './file-text.ts';
import type { ProjectFile, ProjectFiles } from './project-files.ts';
import { filesByHabit, type HabitualFiles } from './workspace-files.ts';

export interface ProjectBump {
  readonly project: ProjectFiles;
  /** Of the package, from the root of the checkout; '' for the root. */
  readonly folder: string;
  /** Files that somebody named, relative to the folder; undefined: those that hold a version by habit. */
  readonly named: readonly string[] | undefined;
  /** Packages that get the version although none of the files is theirs. */
  readonly names: readonly string[];
  /** Semantic versions that the files may have now, the likeliest first; none: a first release, and whatever is not above it will do. */
  readonly versions: readonly string[];
  /** Semantic version to write. */
  readonly to: string;
}

/** A file that looks otherwise with the new version. */
export interface BumpedFile {
  /** From the root of the checkout. */
  readonly path: string;
  /** Absolute, without symbolic links. */
  readonly target: string;
  readonly content: string;
  readonly places: readonly BumpPlace[];
}

export interface BumpedProject {
  readonly files: readonly BumpedFile[];
  /** Files that have the version already, or hold none, of which there is nothing to remark. */
  readonly unchanged: readonly string[];
  /** What a person should know, one line each, inert. */
  readonly remarks: readonly string[];
}

/**
 * What each file of a project looks like with the next version; nothing is written. A second run finds nothing to change.
 *
 * @throws UserError E_BUMP for the first file that cannot have it, E_PATH for a named file that is missing or leads out of the checkout
 */
export async function bumpProject(request: ProjectBump): Promise<BumpedProject> {
  const { project, folder, named, versions } = request;
  const chosen = named === undefined ? await filesByHabit(project, folder, versions) : await filesNamed(project, folder, named);
  const texts = await textsOf(project, chosen.files, named !== undefined);
  let first: unknown;
  // Where candidates are written into the files, these have the last candidate; else the last stable release.
  for (const from of versions.length === 0 ? [undefined] : versions) {
    try {
      return await bumpAll(texts, from, chosen, request);
    } catch (error) {
      if (!(error instanceof UserError && error.code === 'E_BUMP')) throw error;
      first ??= error;
    }
  }
  throw first;
}

interface Text {
  readonly known: KnownFile;
  readonly file: ProjectFile;
  readonly text: string;
}

async function filesNamed(project: ProjectFiles, folder: string, named: readonly string[]): Promise<HabitualFiles> {
  const paths = [...new Set(named.map((path) => posix.join(folder, path)))].sort();
  const files = paths.map((path): KnownFile => ({ path, kind: kindOf(path) }));
  const names: string[] = [];
  for (const { path, kind } of files) {
    if (kind !== 'package.json' && kind !== 'Cargo.toml') continue;
    const file = await project.read(path);
    const name = file === undefined ? undefined : readManifest(kind, textOf(file), path).name;
    if (name !== undefined) names.push(name);
  }
  return { files, names, remarks: [] };
}

/** Two names of one file are one. A file that git knows may be missing in the work tree, a named one may not. */
async function textsOf(project: ProjectFiles, files: readonly KnownFile[], areNamed: boolean): Promise<readonly Text[]> {
  const texts = new Map<string, Text>();
  for (const known of files) {
    const file = await project.read(known.path);
    if (file === undefined) {
      if (!areNamed) continue;
      throw new UserError('E_PATH', `${inertLine(known.path)} is to get the next version, but is not there`, {
        place: { file: known.path },
        cure: 'Correct the name in changelog.bump of the configuration, or in bump-files; it is relative to the folder of the package.',
      });
    }
    // A read-me of any encoding, as long as it has no mark.
    if (!areNamed && known.kind === 'marked text' && !Buffer.from(file.bytes).includes('x-release-version')) continue;
    if (!texts.has(file.target)) texts.set(file.target, { known, file, text: textOf(file) });
  }
  return [...texts.values()];
}

async function bumpAll(
  texts: readonly Text[],
  from: string | undefined,
  chosen: HabitualFiles,
  request: ProjectBump,
): Promise<BumpedProject> {
  const { project, to, named } = request;
  const names = new Set([...chosen.names, ...request.names]);
  const files: BumpedFile[] = [];
  const unchanged: string[] = [];
  const remarks = new Map<string, string[]>();
  for (const { known, file, text } of texts) {
    const asked = { file: known.path, to, names, byHabit: named === undefined, ...(from === undefined ? {} : { from }) };
    const result = await bumpFile(known.kind, text, asked);
    for (const remark of result.remarks) remarks.set(remark, [...(remarks.get(remark) ?? []), known.path]);
    if (result.text !== text) files.push({ path: known.path, target: file.target, content: result.text, places: result.places });
    else if (result.remarks.length === 0) unchanged.push(known.path);
  }
  const missing = [...project.missing].sort();
  const lost = missing.length === 0 ? [] : [`${pathWords(missing)}: git knows it, but it is not in the work tree`];
  return {
    files,
    unchanged,
    remarks: [...chosen.remarks, ...lost, ...[...remarks].map(([remark, paths]) => `${pathWords(paths)}: ${remark}`)],
  };
}

/** Forty crates of a workspace say the same. */
function pathWords([first = '', ...more]: readonly string[]): string {
  return more.length === 0 ? inertLine(first) : `${inertLine(first)} and ${more.length} more`;
}
