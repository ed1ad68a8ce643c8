import type { Hint, Pointer } from '@release-kit/debian';

/** A place in the source tree that a finding may be about; the first one that exists is taken. */
export interface Candidate {
  /** Relative to the source tree, as the tool wrote it: not yet known to be inside it. */
  readonly path: string;
  readonly line?: number;
  /** Taken only when a line of the file holds this text; that line is the place. */
  readonly holding?: string;
  /** The line counts only where nothing before it is put in by debhelper. */
  readonly generated?: true;
  /** The line causes the finding. */
  readonly exact?: true;
  /** Why this place, in one clause. */
  readonly reason: string;
}

/**
 * Where a finding may belong, best guess first. lintian points into the source tree only for `(patched)`; a maintainer
 * script comes from debian/PACKAGE.NAME, an installed file often from a file of debian/, and the rest belongs to the
 * stanza of its package.
 *
 * @param stanzas line of each `Package:` field of debian/control, in order
 */
export function candidatesOf(hint: Hint, stanzas: ReadonlyMap<string, number>): readonly Candidate[] {
  return [
    ...pointed(hint, stanzas),
    ...byTag(hint),
    ...stanzaOf(hint, stanzas),
    { path: 'debian/control', line: 1, reason: 'the finding names no file' },
    { path: 'debian/changelog', line: 1, reason: 'the finding names no file, and there is no debian/control' },
  ];
}

function pointed(hint: Hint, stanzas: ReadonlyMap<string, number>): readonly Candidate[] {
  const pointer = hint.pointer ?? pointerInNote(hint.note);
  if (pointer === undefined) return [];
  const line = pointer.line === undefined || pointer.line < 1 ? {} : { line: pointer.line };
  switch (pointer.index) {
    case 'patched':
      return [{ path: pointer.path, ...line, exact: true, reason: 'lintian names this line' }];
    case 'control':
      return debianFiles(hint.package, pointer.path, stanzas).map((path) => ({
        path,
        ...line,
        generated: true,
        reason: 'the maintainer script comes from here',
      }));
    case 'installed':
      return [
        ...installedFrom(hint.package, pointer.path, stanzas).map((path) => ({
          path,
          ...line,
          reason: 'the installed file comes from here',
        })),
        ...installedBy(hint.package, pointer.path, stanzas),
      ];
    case undefined:
      if (pointer.path.startsWith('debian/')) return [{ path: pointer.path, ...line, reason: 'lintian names this file' }];
      return installedBy(hint.package, pointer.path, stanzas);
  }
}

/** Before 2.115, lintian wrote a path as plain text at the start of the note. */
function pointerInNote(note: string): Pointer | undefined {
  const path = /^(?!\/)[^\s"'()[\]]+\/\S*/.exec(note)?.[0];
  return path === undefined ? undefined : { path, index: undefined, line: undefined };
}

/** debhelper reads debian/PACKAGE.NAME, and for the first package of debian/control debian/NAME as well (debhelper(7)). */
export function debianFiles(packageName: string, name: string, stanzas: ReadonlyMap<string, number>): readonly string[] {
  const [first] = stanzas.keys();
  return [`debian/${packageName}.${name}`, ...(first === packageName ? [`debian/${name}`] : [])];
}

function installedFrom(packageName: string, path: string, stanzas: ReadonlyMap<string, number>): readonly string[] {
  const name = path.split('/').at(-1) ?? '';
  if (/^usr\/share\/doc\/[^/]+\/changelog(\.Debian)?(\.gz)?$/.test(path)) return ['debian/changelog'];
  if (/^usr\/share\/doc\/[^/]+\/copyright$/.test(path)) return ['debian/copyright'];
  if (/^usr\/share\/lintian\/overrides\/[^/]+$/.test(path)) return debianFiles(packageName, 'lintian-overrides', stanzas);
  const unit = /^(?:usr\/)?lib\/systemd\/system\/([^/]+)\.(service|socket|timer|path|mount|target)$/.exec(path);
  const kinds =
    unit?.[2] === undefined ? [] : unit[1] === packageName ? debianFiles(packageName, unit[2], stanzas) : [`debian/${packageName}.${name}`];
  return name === '' ? [] : [...kinds, `debian/${name}`];
}

/** The line of debian/*.install (or .dirs, .links, …) that names the path or the folder it lies in; dh_install(1). */
function installedBy(packageName: string, path: string, stanzas: ReadonlyMap<string, number>): readonly Candidate[] {
  const parts = path.split('/').filter((part) => part !== '');
  const depths = parts.map((_, index) => parts.slice(0, parts.length - index).join('/')).slice(0, 2);
  const files = ['install', 'dirs', 'links', 'docs'].flatMap((name) => debianFiles(packageName, name, stanzas));
  return depths.flatMap((holding) => files.map((file) => ({ path: file, holding, reason: 'this line installs the file' })));
}

const subjects: readonly (readonly [RegExp, string])[] = [
  [/copyright|license/, 'debian/copyright'],
  [/watch-file|debian-watch/, 'debian/watch'],
  [/debian-rules|rules-file/, 'debian/rules'],
  [/changelog|distribution-in-changes|^new-package|latest-debian/, 'debian/changelog'],
];

/** Tags without a pointer name their subject in words. */
function byTag(hint: Hint): readonly Candidate[] {
  return subjects
    .filter(([pattern]) => pattern.test(hint.tag))
    .map(([, path]) => ({ path, line: 1, reason: 'the tag is about this file' }));
}

function stanzaOf(hint: Hint, stanzas: ReadonlyMap<string, number>): readonly Candidate[] {
  const line = hint.type === 'source' ? undefined : stanzas.get(hint.package);
  return line === undefined ? [] : [{ path: 'debian/control', line, reason: 'the stanza of the package' }];
}
