import { plainLine } from './compiler-message.ts';

/** A file of the folder debian/ of a source tree. */
export interface DebianFile {
  /** `debian/control` */
  readonly path: string;
  readonly text: string;
}

export interface PackagingPlace {
  readonly file: string;
  /** From 1; undefined when the whole file is meant. */
  readonly line?: number;
}

export interface PackagingMessage {
  readonly level: 'error' | 'warning';
  /** `dh_install: Cannot find …`; raw. */
  readonly message: string;
}

const said = /^(dh_\w+|dpkg-\w+): (error|warning):\s+(.*\S)\s*$/;

/** What debhelper and dpkg warn of or refuse, in the order of the log; what several tools say alike, once. */
export function findPackagingMessages(lines: readonly string[]): readonly PackagingMessage[] {
  const found = new Map<string, PackagingMessage>();
  for (const line of lines) {
    if (!line.startsWith('d')) continue;
    const [, tool, level, text = ''] = said.exec(plainLine(line)) ?? [];
    if (level === undefined || found.has(text)) continue;
    found.set(text, { level: level === 'error' ? 'error' : 'warning', message: `${tool}: ${text}` });
  }
  return [...found.values()];
}

/** Helpers that read lists of files, with the name of their list: debhelper(7). */
const lists: Readonly<Record<string, string>> = {
  dh_install: 'install',
  dh_installdocs: 'docs',
  dh_installexamples: 'examples',
  dh_installman: 'manpages',
  dh_installinfo: 'info',
  dh_installdirs: 'dirs',
  dh_link: 'links',
  dh_lintian: 'lintian-overrides',
  dh_doc: 'docs',
};

type Finder = (groups: Readonly<Record<string, string>>, files: readonly DebianFile[]) => PackagingPlace | undefined;

/** How a message names what stands in debian/. */
const rules: readonly { readonly pattern: RegExp; readonly find: Finder }[] = [
  { pattern: /\bdebian\/changelog\(l(?<line>\d{1,9})\)/, find: ({ line }) => ({ file: 'debian/changelog', line: Number(line) }) },
  {
    pattern: /^(?<helper>dh_\w+): (?:(?:warning|error): )?Cannot find \(any matches for\) "(?<word>[^"]+)"/,
    find: ({ helper = '', word = '' }, files) => inList(files, lists[helper], word),
  },
  {
    pattern: /^dh_install: (?:(?:warning|error): )?\S+ missing files: (?<word>\S+)/,
    find: ({ word = '' }, files) => inList(files, 'install', word),
  },
  {
    pattern: /(?:of package (?<owner>\S+): )?substitution variable (?<word>\$\{[^}]+\})/,
    find: ({ owner, word = '' }, files) => inControl(files, owner, (line) => line.includes(word)),
  },
  {
    pattern: /^dpkg-shlibdeps: (?:(?:warning|error): )?cannot find library \S+ needed by debian\/(?<owner>[^/]+)\//,
    find: ({ owner }, files) => inControl(files, owner, () => true),
  },
  {
    pattern: /parsing file 'debian\/[^']+' near line \d+ package '(?<owner>[^']+)': '(?<field>[\w-]+)' field/,
    find: ({ owner, field = '' }, files) => inControl(files, owner, (line) => line.toLowerCase().startsWith(`${field.toLowerCase()}:`)),
  },
  { pattern: /^dpkg-gensymbols: /, find: (_, files) => onlyOne(files, /^debian\/(?:\S+\.)?symbols$/) },
  {
    pattern: /^dh_missing: (?:(?:warning|error): )?\S+ exists in debian\/tmp/,
    find: (_, files) => onlyOne(files, /^debian\/(?:\S+\.)?install$/),
  },
  {
    pattern: /unable to load addon (?<word>[\w-]+)/,
    find: ({ word = '' }, files) => wordIn(files, 'debian/rules', word) ?? wordIn(files, 'debian/control', `dh-sequence-${word}`),
  },
  { pattern: /unable to load build system class '(?<word>[\w+-]+)'/, find: ({ word = '' }, files) => wordIn(files, 'debian/rules', word) },
  {
    pattern: /can't build with source format/,
    find: (_, files) => (files.some(({ path }) => path === 'debian/source/format') ? { file: 'debian/source/format', line: 1 } : undefined),
  },
  { pattern: /unwanted binary file: (?<file>debian\/\S+)/, find: ({ file = '' }) => ({ file }) },
];

/** The line of debian/ that a message of debhelper or dpkg is about, with or without its `warning:`; undefined when it is about none. */
export function packagingPlace(message: string, files: readonly DebianFile[]): PackagingPlace | undefined {
  for (const { pattern, find } of rules) {
    const match = pattern.exec(message);
    if (match !== null) return find({ ...match.groups }, files);
  }
  return undefined;
}

function inList(files: readonly DebianFile[], list: string | undefined, word: string): PackagingPlace | undefined {
  if (list === undefined) return undefined;
  for (const { path, text } of files) {
    if (path !== `debian/${list}` && !path.endsWith(`.${list}`)) continue;
    const line = lineWhere(text, (words) => words.split(/\s+/).includes(word));
    if (line !== undefined) return { file: path, line };
  }
  return undefined;
}

function wordIn(files: readonly DebianFile[], file: string, word: string): PackagingPlace | undefined {
  const text = files.find(({ path }) => path === file)?.text ?? '';
  const line = lineWhere(text, (content) => content.split(/[\s,=:()[\]<>|]+/).includes(word));
  return line === undefined ? undefined : { file, line };
}

/** In the paragraph of a binary package; in the whole file when no package is named. */
function inControl(files: readonly DebianFile[], owner: string | undefined, fits: (line: string) => boolean): PackagingPlace | undefined {
  const lines = (files.find(({ path }) => path === 'debian/control')?.text ?? '').split('\n');
  const start = owner === undefined ? 0 : lines.findIndex((line) => /^Package:\s*(\S+)/i.exec(line)?.[1] === owner);
  if (start === -1) return undefined;
  const length = owner === undefined ? -1 : lines.slice(start).findIndex((line) => line.trim() === '');
  const index = lines.slice(start, length === -1 ? undefined : start + length).findIndex((line) => !line.startsWith('#') && fits(line));
  return index === -1 ? undefined : { file: 'debian/control', line: start + index + 1 };
}

function onlyOne(files: readonly DebianFile[], name: RegExp): PackagingPlace | undefined {
  const [file, ...others] = files.filter(({ path }) => name.test(path));
  return file === undefined || others.length > 0 ? undefined : { file: file.path };
}

function lineWhere(text: string, fits: (line: string) => boolean): number | undefined {
  const index = text.split('\n').findIndex((line) => !line.trimStart().startsWith('#') && fits(line.trim()));
  return index === -1 ? undefined : index + 1;
}
