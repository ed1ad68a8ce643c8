import { relative } from 'node:path';

/** A package of npm that a bundle holds something of. */
export interface BundledPackage {
  /** Relative to the repository's root, as in package-lock.json: `node_modules/a/node_modules/b`. */
  readonly folder: string;
  /** Its modules in the bundle, relative to the root, sorted. */
  readonly modules: readonly string[];
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;

/**
 * Packages whose modules are really in a bundle, sorted by folder, from what webpack says it has put there (`ncc build --stats-out`). Modules
 * that were looked at but left out belong to no chunk; those that were joined into another stand inside it.
 *
 * @param root absolute; the repository
 * @throws Error when the statistics are not as known
 */
export function bundledPackages(stats: unknown, root: string): readonly BundledPackage[] {
  const packages = new Map<string, Set<string>>();
  for (const file of filesOf(topModules(stats))) {
    const path = relative(root, file).replaceAll('\\', '/');
    const folder = packageFolder(path);
    if (folder !== undefined) packages.set(folder, (packages.get(folder) ?? new Set()).add(path));
  }
  return [...packages]
    .map(([folder, modules]) => ({ folder, modules: [...modules].sort() }))
    .sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

function topModules(stats: unknown): readonly unknown[] {
  const modules = field(stats, 'modules');
  if (!Array.isArray(modules) || modules.length === 0) throw new Error('the statistics of the bundler list no modules');
  return modules.filter((module: unknown) => {
    const chunks = field(module, 'chunks');
    if (!Array.isArray(chunks)) throw new Error(`the statistics of the bundler do not say where ${String(field(module, 'name'))} went`);
    return chunks.length > 0;
  });
}

/** Absolute paths; modules of Node itself have none. */
function filesOf(modules: readonly unknown[]): readonly string[] {
  return modules.flatMap((module) => {
    const file = field(module, 'nameForCondition');
    const inner = field(module, 'modules');
    return [...(typeof file === 'string' ? [file] : []), ...(Array.isArray(inner) ? filesOf(inner) : [])];
  });
}

/** `node_modules/a/node_modules/@b/c` of a file in it; undefined for our own files. */
function packageFolder(path: string): string | undefined {
  return /^((?:.*\/)?node_modules\/(?:@[^/]+\/[^/]+|[^/]+))\//.exec(path)?.[1];
}
