import {
  conventionalFiles,
  type DhEntry,
  type DhLine,
  type DhMatch,
  dirsEntries,
  docsEntries,
  examplesEntries,
  infoEntries,
  installEntries,
  linksEntries,
  manpagesEntries,
  matchEntry,
  packagingFiles,
  parseDhList,
  plainPath,
} from '@release-kit/debian';
import type { SourceTree } from '../source-tree.ts';
import { perTree } from './per-tree.ts';
import type { Subject } from './subject.ts';

/** Where a file of a package comes from. */
export interface Origin {
  /** The line of debian/ that installs it; undefined when debhelper or the upstream build does. */
  readonly entry: (DhMatch & { readonly file: string }) | undefined;
  /** The file of the tree that is installed as it stands, or only compressed. */
  readonly content: string | undefined;
  /** The file of debian/ is taken by its name. */
  readonly conventional: boolean;
}

const lists: readonly (readonly [kind: string, read: (lines: readonly DhLine[]) => readonly DhEntry[]])[] = [
  ['install', installEntries],
  ['manpages', manpagesEntries],
  ['docs', docsEntries],
  ['examples', examplesEntries],
  ['info', infoEntries],
  ['links', linksEntries],
  ['dirs', dirsEntries],
];

/** Traces an installed path back: by the names debhelper gives a meaning, by its lists, by a name that the tree has once. */
export async function originOf({ tree, owner }: Pick<Subject, 'tree' | 'owner'>, path: string): Promise<Origin> {
  const plain = plainPath(path).replace(/\.gz$/, '');
  for (const file of conventionalFiles(plain, owner)) {
    if ((await tree.lines(file)) !== undefined) return { entry: undefined, content: file, conventional: true };
  }
  const matches: (DhMatch & { readonly file: string })[] = [];
  for (const [kind] of lists) {
    for (const file of packagingFiles(kind, owner).flatMap((path) => [path, `${path}.in`])) {
      const entries = await entriesOf(tree, file);
      const match =
        matchEntry(entries, plain) ?? matchEntry(entries, `${plain}.gz`) ?? (path.endsWith('/') ? fillsFolder(entries, plain) : undefined);
      if (match !== undefined) matches.push({ ...match, file });
    }
  }
  const entry = matches.find(({ whole }) => whole) ?? matches[0];
  // No file is what becomes a folder, whatever it is called.
  const content = path.endsWith('/') ? undefined : await contentOf({ tree, owner }, plain, entry);
  return { entry, content, conventional: false };
}

/** A folder is there because of the first file that is put into it. */
function fillsFolder(entries: readonly DhEntry[], folder: string): DhMatch | undefined {
  const entry = entries.find(({ target }) => target.startsWith(`${folder}/`));
  return entry === undefined ? undefined : { line: entry.line, whole: true, source: undefined };
}

/** What a list of debian/ says, by the kind that its name ends with. */
const entriesOf = perTree(async (tree, file): Promise<readonly DhEntry[]> => {
  // debian/PACKAGE.install.in, where variables become paths while the package is built.
  const name = file.replace(/\.in$/, '');
  const read = lists.find(([kind]) => name === `debian/${kind}` || name.endsWith(`.${kind}`))?.[1];
  return read?.(parseDhList((await tree.lines(file)) ?? []) ?? []) ?? [];
});

/** A file of the tree, by the pattern of a list, or by its name where that is unique. */
async function contentOf(
  { tree, owner }: Pick<Subject, 'tree' | 'owner'>,
  path: string,
  entry: DhMatch | undefined,
): Promise<string | undefined> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const source = entry?.source?.replace(/^(?:\.\/)+/, '');
  if (source !== undefined && (await tree.lines(source)) !== undefined) return source;
  const all = tree.named(name).filter((file) => !isOfOtherKind(file, path, owner.package));
  const named = isProgram.test(path) ? await scriptsOf(tree, all) : all;
  if (named.length === 1) return named[0];
  const alike = named.filter((file) => sharedEnd(file, path) > 1);
  if (alike.length === 1) return alike[0];
  const page = /^usr\/share\/man\/(?:([^/]+)\/)?man[0-9]/.exec(path);
  const inLanguage = page === null ? [] : named.filter((file) => languageOf(file) === page[1]);
  return inLanguage.length === 1 ? inLanguage[0] : undefined;
}

/** Where compiled programs lie, whose name any folder or setting of the source may have, too. */
const isProgram = /^usr\/(?:s?bin|games|libexec|lib)\/(?:.*\/)?[^/.]*$/;

async function scriptsOf(tree: SourceTree, files: readonly string[]): Promise<readonly string[]> {
  const scripts: string[] = [];
  for (const file of files) {
    if ((await tree.lines(file))?.[0]?.startsWith('#!') === true) scripts.push(file);
  }
  return scripts;
}

/** debian/lintian/hello is no etc/init.d/hello: files that are called as the package are told apart by their folders. */
function isOfOtherKind(file: string, path: string, owner: string): boolean {
  return /^debian\/[^/]+\//.test(file) && file.endsWith(`/${owner}`) && sharedEnd(file, path) === 1;
}

/** The language that a folder of a path is named for: `man/fr/x.1`. */
function languageOf(path: string): string | undefined {
  const folders = path.split('/').slice(0, -1);
  return folders.find((part) => /^[a-z]{2}(?:_[A-Z]{2})?(?:\.UTF-8)?$/.test(part))?.replace('.UTF-8', '');
}

/** How many parts at the end two paths share. */
function sharedEnd(one: string, other: string): number {
  const [a, b] = [one.split('/').reverse(), other.split('/').reverse()];
  const differs = a.findIndex((part, index) => part !== b[index]);
  return differs === -1 ? a.length : differs;
}
