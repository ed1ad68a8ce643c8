import { tomlSpot } from './cargo-toml.ts';
import type { FollowingSpot, Located, LocateRequest } from './located.ts';
import { type TomlValue, tomlValues } from './toml-values.ts';

interface LockedPackage {
  name: string | undefined;
  version: TomlValue | undefined;
  /** A package from a registry or a repository has a source, one of the project has none. */
  source: boolean;
}

/**
 * The versions of the project's own packages: of those named, else of those that have the expected version, else of all
 * without a source. Dependencies that name them with their version (Cargo writes that when a name is there twice) follow.
 */
export function locateInCargoLock(text: string, request: LocateRequest): Located {
  const { from, names, to } = request;
  const values = tomlValues(text, request.fail);
  const own = [...packagesOf(values).values()].filter(({ name = '', version, source }) => {
    if (source || version === undefined) return false;
    return names.size > 0 ? names.has(name) : from === undefined || version.string?.text === from || version.string?.text === to;
  });
  const asked = new Map(own.map(({ name = '', version }) => [`${name} ${version?.string?.text ?? ''}`, name]));
  return {
    own: own.flatMap(({ name, version }) =>
      version === undefined ? [] : [{ ...tomlSpot(version, request), what: `the version of ${name ?? 'a package'}` }],
    ),
    following: values.flatMap((value) => followingOf(value, asked, to)),
  };
}

function packagesOf(values: readonly TomlValue[]): ReadonlyMap<number, LockedPackage> {
  const packages = new Map<number, LockedPackage>();
  for (const value of values) {
    const [table, index, key, ...more] = value.path;
    if (table !== 'package' || typeof index !== 'number' || more.length > 0) continue;
    const entry = packages.get(index) ?? { name: undefined, version: undefined, source: false };
    packages.set(index, entry);
    if (key === 'name') entry.name = value.string?.text;
    if (key === 'version') entry.version = value;
    if (key === 'source') entry.source = true;
  }
  return packages;
}

/** `"x 1.2.0"` inside `package.dependencies`. */
function followingOf({ path, start, end, string }: TomlValue, asked: ReadonlyMap<string, string>, to: string): readonly FollowingSpot[] {
  const name = path.length === 4 && path[0] === 'package' && path[2] === 'dependencies' ? asked.get(string?.text ?? '') : undefined;
  if (name === undefined || string === undefined || !string.plain) return [];
  return [{ start: start + 1 + name.length + 1, end: end - 1, what: `a dependency on ${name}`, text: to }];
}
