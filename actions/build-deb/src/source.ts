import { lstat, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { errorCatalog, inertLine, innerPath, UserError } from '@release-kit/action';
import { aboveWords } from '@release-kit/config';
import { type ChangelogEntry, type Paragraph, parseChangelog, parseControl } from '@release-kit/debian';

/** What is read from debian/ before anything is built. */
export interface SourceFacts {
  readonly package: string;
  /** The newest entry of debian/changelog. */
  readonly newest: ChangelogEntry;
  readonly control: { readonly source: Paragraph; readonly binaries: readonly Paragraph[]; readonly text: string };
  /** As messages name them. */
  readonly files: { readonly changelog: string; readonly control: string };
  readonly native: boolean;
}

export type Source =
  | { readonly kind: 'tree'; readonly folder: string; readonly facts: SourceFacts }
  | { readonly kind: 'dsc'; readonly file: string };

/** Looks at the input before anything expensive. Throws E_SOURCE, E_CONTROL, E_CHANGELOG, E_VERSION. */
export async function lookAtSource(path: string, workspace: string): Promise<Source> {
  const shown = shownPath(path, workspace);
  const info = await stat(path).catch(() => undefined);
  if (info?.isFile() && path.endsWith('.dsc')) return { kind: 'dsc', file: path };
  if (info?.isDirectory() !== true) throw new UserError('E_SOURCE', `${inertLine(shown)} is neither a folder nor a .dsc file`);
  const [control, changelog, format] = await Promise.all([
    readDebianFile(path, 'control', shown),
    readDebianFile(path, 'changelog', shown),
    readFile(join(path, 'debian/source/format'), 'utf8').catch(() => ''),
  ]);
  const facts = readFacts({ control, changelog, format }, join(shown, 'debian'));
  await checkRules(path, shown);
  return { kind: 'tree', folder: path, facts };
}

export interface DebianTexts {
  readonly control: string;
  readonly changelog: string;
  /** '' when there is none: format 1.0. */
  readonly format: string;
}

/** `debian` is how messages name the folder. */
export function readFacts(texts: DebianTexts, debian: string): SourceFacts {
  const files = { control: join(debian, 'control'), changelog: join(debian, 'changelog') };
  const { source, binaries } = parseControl(texts.control, files.control);
  const [newest] = parseChangelog(texts.changelog, files.changelog, { newest: 1 });
  if (newest === undefined) throw new UserError('E_CHANGELOG', 'the changelog has no entry', { place: { file: files.changelog } });
  const name = source.get('Source') ?? '';
  if (name !== newest.package) {
    throw new UserError('E_CHANGELOG', `the newest entry is of ${newest.package}, but debian/control is of ${name}`, {
      place: { file: files.changelog, line: newest.line },
      cure: 'Name the same source package in debian/control and debian/changelog.',
    });
  }
  const declared = texts.format.trim();
  const native = declared === '3.0 (native)' || (!declared.startsWith('3.0') && !newest.version.includes('-'));
  return { package: name, newest, control: { source, binaries, text: texts.control }, files, native };
}

/** A regular file only: a link could lead out of the source, and the machine would see another one than we. */
async function readDebianFile(folder: string, name: 'control' | 'changelog', shown: string): Promise<string> {
  const path = join(folder, 'debian', name);
  const info = await lstat(path).catch(() => undefined);
  if (info?.isFile() !== true)
    throw new UserError('E_SOURCE', `${inertLine(shown)} has no ${info === undefined ? '' : 'regular file '}debian/${name}`, {
      cure: `${await aboveWords(folder)}${errorCatalog.E_SOURCE.cure}`,
    });
  return readFile(path, 'utf8');
}

/** Without rules, or with lines that make cannot read, dpkg-buildpackage fails with words that nobody connects with the file. */
async function checkRules(folder: string, shown: string): Promise<void> {
  const path = join(folder, 'debian/rules');
  const info = await lstat(path).catch(() => undefined);
  if (info === undefined)
    throw new UserError('E_SOURCE', `${inertLine(shown)} has no debian/rules, the makefile that builds the package`, {
      cure: 'Write debian/rules; most packages need no more than the line "#!/usr/bin/make -f", the line "%:", and below it, after a tab, "dh $@".',
    });
  if (!info.isFile()) return;
  const line = (await readFile(path, 'utf8')).split('\n').findIndex((text) => text.endsWith('\r')) + 1;
  if (line > 0)
    throw new UserError('E_SOURCE', 'the line ends with CR LF, which make takes for a part of its commands', {
      place: { file: join(shown, 'debian/rules'), line },
      cure: 'Save the file with lines ending with LF alone; `debian/** text eol=lf` in .gitattributes keeps it so on Windows.',
    });
}

/** Relative to the workspace where it is inside; otherwise only its last part, which says enough. */
export function shownPath(path: string, workspace: string): string {
  const inside = innerPath(workspace, path);
  return inside === undefined ? basename(path) : inside || '.';
}
