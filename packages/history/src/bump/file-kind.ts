/** The kinds of files whose version can be changed. */
export const fileKinds = [
  'package.json',
  'package-lock.json',
  'Cargo.toml',
  'Cargo.lock',
  'pyproject.toml',
  'meson.build',
  'CMakeLists.txt',
  'configure.ac',
  'snapcraft.yaml',
  'marked text',
  'version file',
] as const;

export type FileKind = (typeof fileKinds)[number];

export interface KnownFile {
  readonly path: string;
  readonly kind: FileKind;
}

const kindOfName: Readonly<Record<string, FileKind>> = {
  'package.json': 'package.json',
  'package-lock.json': 'package-lock.json',
  'npm-shrinkwrap.json': 'package-lock.json',
  'Cargo.toml': 'Cargo.toml',
  'Cargo.lock': 'Cargo.lock',
  'pyproject.toml': 'pyproject.toml',
  'meson.build': 'meson.build',
  'CMakeLists.txt': 'CMakeLists.txt',
  'configure.ac': 'configure.ac',
  'configure.in': 'configure.ac',
  'snapcraft.yaml': 'snapcraft.yaml',
  '.snapcraft.yaml': 'snapcraft.yaml',
  VERSION: 'version file',
  'VERSION.txt': 'version file',
  'version.txt': 'version file',
  '.version': 'version file',
};

/** Where snapcraft looks. */
const snapFolders: ReadonlySet<string> = new Set(['snap/', 'build-aux/snap/']);

/** What a file is by its name; every other text can hold marked versions. */
export function kindOf(path: string): FileKind {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (Object.hasOwn(kindOfName, name) ? kindOfName[name] : undefined) ?? 'marked text';
}

/**
 * The files that hold a project's version by habit: those that stand in its folder itself, and its snapcraft.yaml.
 *
 * @param paths all files of the repository, `/` between folders
 * @param folder of the project, relative; '' for the root
 * @returns sorted by path. A read-me counts as marked text; debian/changelog is not among them, it gets a new entry
 */
export function habitFiles(paths: readonly string[], folder = ''): readonly KnownFile[] {
  const prefix = folder === '' ? '' : `${folder.replace(/\/+$/, '')}/`;
  return paths
    .filter((path) => path.startsWith(prefix))
    .map((path) => ({ path, kind: kindOf(path), own: path.slice(prefix.length) }))
    .filter(({ own, kind }) => {
      const name = own.slice(own.lastIndexOf('/') + 1);
      const above = own.slice(0, own.length - name.length);
      if (kind === 'marked text') return /^readme(?:\.[a-z]+)?$/i.test(own);
      return above === '' || (kind === 'snapcraft.yaml' && name === 'snapcraft.yaml' && snapFolders.has(above));
    })
    .map(({ path, kind }) => ({ path, kind }))
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
