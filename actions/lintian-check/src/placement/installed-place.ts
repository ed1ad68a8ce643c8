import { packagingFiles, plainPath } from '@release-kit/debian';
import type { Anchor, SourceTree } from '../source-tree.ts';
import { citations, onlyLineHolding } from './citation.ts';
import { type Origin, originOf } from './origin.ts';
import { countedPlace } from './patched-line.ts';
import { type Finder, lineWhere, packageStanza, type Subject } from './subject.ts';

/** The line that puts the file into the package: for findings about where it lies, its name, its mode, its very presence. */
export const installation: Finder = async (subject) => {
  const { pointer } = subject;
  if (pointer?.index !== 'installed') return undefined;
  const { entry, content, conventional } = await originOf(subject, pointer.path);
  if (conventional && content !== undefined)
    return { path: content, line: 1, exact: true, reason: `debhelper installs ${content} by its name` };
  if (entry !== undefined) return { path: entry.file, line: entry.line, exact: true, reason: whyInstalled(entry) };
  if (content !== undefined) return { path: content, line: undefined, exact: true, reason: 'only this file of the source has that name' };
  return (await entryPoint(subject)) ?? ruleNaming(subject);
};

/** What describes a program of Python or Rust: `console_scripts`, `[[bin]]`. */
const projectFiles: readonly string[] = ['setup.py', 'setup.cfg', 'pyproject.toml', 'Cargo.toml'];

async function entryPoint({ tree, pointer }: Subject): Promise<Anchor | undefined> {
  const [, name] = /^usr\/(?:bin|games|sbin)\/([^/]+)$/.exec(plainPath(pointer?.path ?? '')) ?? [];
  if (name === undefined) return undefined;
  for (const path of projectFiles) {
    const line = lineWhere(await tree.lines(path), (text) => {
      const [, key, value] = /^\s*["']?([\w.-]+)\s*=\s*["']?([\w.:-]+)/.exec(text) ?? [];
      return path === 'Cargo.toml' ? key === 'name' && value === name : key === name && value?.includes(':') === true;
    });
    if (line !== undefined) return { path, line, exact: true, reason: `${path} makes the program here` };
  }
  return undefined;
}

/** The line of debian/rules that names the path; roughly, the one that names a file by the last part of its path. */
export async function ruleNaming({ tree, pointer }: Subject): Promise<Anchor | undefined> {
  const path = 'debian/rules';
  const wanted = pointer?.index === 'installed' ? plainPath(pointer.path).replace(/\.gz$/, '') : '';
  if (wanted === '' || pointer === undefined) return undefined;
  const name = wanted.slice(wanted.lastIndexOf('/') + 1);
  const words = ((await tree.lines(path)) ?? []).map((text) => (/^\s*#/.test(text) ? [] : text.split(/[\s=:;"']+/)));
  const lineWith = (fits: (word: string) => boolean): number | undefined => {
    const index = words.findIndex((line) => line.some((word) => fits(word.replace(/\/+$/, ''))));
    return index === -1 ? undefined : index + 1;
  };
  const whole = lineWith((word) => word === wanted || word.endsWith(`/${wanted}`));
  const line = whole ?? (pointer.path.endsWith('/') || name.length < 4 ? undefined : lineWith((word) => word.split('/').at(-1) === name));
  return line === undefined ? undefined : { path, line, exact: whole !== undefined, reason: 'debian/rules names this file here' };
}

/** The file itself, at the line lintian names or the only one that holds what the finding cites: for findings about what stands in it. */
export const content: Finder = async (subject) => {
  const { pointer, hint, tree } = subject;
  if (pointer?.index !== 'installed') return undefined;
  const origin = await originOf(subject, pointer.path);
  if (origin.content !== undefined) {
    const reason = whyContent(origin, origin.content);
    if (pointer.line !== undefined) return countedPlace(tree, origin.content, pointer.line, reason);
    const cited = onlyLineHolding(
      await tree.lines(origin.content),
      citations(hint.note).filter((text) => text.length > 4),
    );
    const holds = 'this line of the file holds what the finding cites';
    return { path: origin.content, line: cited, exact: true, reason: cited === undefined ? reason : holds };
  }
  const template = await templateOf(subject.tree, pointer.path);
  if (template !== undefined) return template;
  const { entry } = origin;
  return entry === undefined ? undefined : { path: entry.file, line: entry.line, exact: false, reason: whyInstalled(entry) };
};

export interface TextFile {
  readonly path: string;
  /** What is installed has the same lines; otherwise the build fills in a template. */
  readonly copied: boolean;
}

/** The file whose text a finding is about, in the tree: of an installed path, what is installed, or its template x.in. */
export async function textFileOf({ pointer, tree, owner }: Subject): Promise<TextFile | undefined> {
  if (pointer?.index === 'patched') return { path: pointer.path, copied: true };
  if (pointer?.index !== 'installed') return undefined;
  const origin = await originOf({ tree, owner }, pointer.path);
  if (origin.content !== undefined) return { path: origin.content, copied: true };
  const name = plainPath(pointer.path).replace(/^.*\//, '').replace(/\.gz$/, '');
  const [template, ...others] = [`${name}.in`, `${name}.in.in`, `${name}.tmpl`].flatMap((each) => tree.named(each));
  return template === undefined || others.length > 0 ? undefined : { path: template, copied: false };
}

function whyInstalled({ file, whole }: { readonly file: string; readonly whole: boolean }): string {
  if (file.endsWith('links')) return `${file} makes this link`;
  if (file.endsWith('dirs')) return `${file} makes this folder`;
  return whole ? `${file} installs this file` : `${file} installs the folder of this file`;
}

function whyContent({ entry, conventional }: Origin, file: string): string {
  if (conventional) return `debhelper installs ${file} by its name`;
  return entry === undefined ? 'only this file of the source has that name' : `${entry.file} installs this file`;
}

const templates: readonly string[] = ['.in', '.in.in', '.tmpl', '.m4', '.sh', '.py', '.pl'];
/** Of x.1: x.1.md. */
const documents: readonly string[] = ['.md', '.pod', '.rst', '.txt', '.adoc', '.asciidoc', '.scd', '.xml', '.sgml'];
/** Of x.1: x.md, x.pod. */
const pageSources: readonly string[] = ['.md', '.pod', '.rst', '.adoc', '.asciidoc', '.scd'];

/** What the file is made from: x.service.in, x.1.md, x.pod. Its lines are others. */
async function templateOf(tree: SourceTree, path: string): Promise<Anchor | undefined> {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.gz$/, '');
  const stem = name.replace(/\.[0-9][a-z]*$/, '');
  const isPage = stem !== name && /\/man\//.test(path);
  const suffixes = [...templates, ...(isPage ? documents : [])];
  const fromStem = isPage ? pageSources.map((suffix) => `${stem}${suffix}`) : [];
  for (const wanted of [...suffixes.map((suffix) => `${name}${suffix}`), ...fromStem]) {
    const found = tree.named(wanted);
    if (found.length === 1 && found[0] !== undefined)
      return { path: found[0], line: undefined, exact: false, reason: `${name} seems to be made from this file` };
  }
  return undefined;
}

/** The package's own list of a kind, from its first line; else the paragraph of the package: for what no single file is to blame for. */
export function listOf(...kinds: readonly string[]): Finder {
  return async ({ tree, owner }) => {
    for (const file of kinds.flatMap((kind) => packagingFiles(kind, owner))) {
      if ((await tree.lines(file)) !== undefined)
        return { path: file, line: 1, exact: false, reason: `${file} says what goes into the package` };
    }
    const stanza = packageStanza(tree, owner.package);
    return stanza === undefined
      ? undefined
      : { path: 'debian/control', line: stanza.line, exact: false, reason: 'the finding is about the whole package' };
  };
}
