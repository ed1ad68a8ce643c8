import { lstat, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Host, inertLine, UserError } from '@release-kit/action';
import { digestFile, isPlainFileName, namedPaths, openPackages } from '@release-kit/manifest';

/** A package of the user's own that a build may need. */
export interface LocalPackage {
  /** A plain file name. */
  readonly name: string;
  /** Absolute. */
  readonly file: string;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
}

export interface LocalPackages extends AsyncDisposable {
  /** Sorted by name. */
  readonly list: readonly LocalPackage[];
}

/**
 * The .deb files that the input `local-packages` names: files, patterns, folders of .deb files, and manifests, archives and downloaded
 * artifacts of earlier builds, which are compared with their manifest. What is unpacked is removed on disposal.
 * Throws E_PATH for what is not there, E_MANIFEST, E_DIGEST, and E_INPUT for two different files of one name.
 */
export async function readLocalPackages(named: readonly string[], host: Pick<Host, 'files'>): Promise<LocalPackages> {
  await using stack = new AsyncDisposableStack();
  const found = new Map<string, LocalPackage>();
  for (const word of named) {
    for (const path of await namedPaths(word, host.files.workspace)) {
      for (const file of await debsOf(path, word, host, stack)) {
        const local = { name: basename(file), file, sha256: (await digestFile(file)).sha256 };
        const earlier = found.get(local.name);
        if (earlier !== undefined && earlier.sha256 !== local.sha256)
          throw new UserError('E_INPUT', `input local-packages: there are two different ${inertLine(local.name)}`, {
            cure: 'Name each package once.',
          });
        found.set(local.name, local);
      }
    }
  }
  const list = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const kept = stack.move();
  return { list, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

async function debsOf(path: string, word: string, host: Pick<Host, 'files'>, stack: AsyncDisposableStack): Promise<readonly string[]> {
  const shown = inertLine(word);
  const info = await lstat(path).catch((cause: unknown) => {
    throw new UserError('E_PATH', `input local-packages: ${shown} is not there`, {
      cause,
      cure: 'Build that package first, or download its artifact; order the jobs by needs.',
    });
  });
  if (info.isFile() && path.endsWith('.deb')) return [plainNamed(path)];
  if (info.isDirectory()) {
    const names = await readdir(path);
    if (!names.some((name) => name === 'manifest.json' || name.endsWith('.tar'))) {
      const debs = names.filter((name) => name.endsWith('.deb')).sort();
      if (debs.length === 0) throw new UserError('E_PATH', `input local-packages: the folder ${shown} holds no package`);
      for (const name of debs) await refuseLink(join(path, name));
      return debs.map((name) => plainNamed(join(path, name)));
    }
  }
  const { manifest, folder } = stack.use(await openPackages(path, undefined, host));
  // Nothing is built with debug symbols.
  return manifest.files.filter((file) => file.kind === 'deb' && !file.package.endsWith('-dbgsym')).map((file) => join(folder, file.path));
}

/** In the folder of a checkout it could lead to any file of the host, which the build would read then. */
async function refuseLink(file: string): Promise<void> {
  if ((await lstat(file)).isFile()) return;
  throw new UserError('E_PATH', `input local-packages: ${inertLine(basename(file))} is a link, or no file`, {
    cure: 'Put the package itself there, or name it where it is.',
  });
}

/** The name becomes a part of apt's index. */
function plainNamed(file: string): string {
  if (!isPlainFileName(basename(file)))
    throw new UserError('E_NAME', `"${inertLine(basename(file))}" is not a plain file name`, {
      cure: 'Rename it as dpkg-deb would name it.',
    });
  return file;
}
