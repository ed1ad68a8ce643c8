import type { FollowingSpot, Located, LocateRequest, VersionSpot } from './located.ts';
import { follow } from './requirement.ts';
import { type TomlPath, type TomlValue, tomlValues } from './toml-values.ts';

const dependencyTables: ReadonlySet<string> = new Set([
  'dependencies',
  'dev-dependencies',
  'build-dependencies',
  'dev_dependencies',
  'build_dependencies',
]);

/**
 * The version of the package and of `workspace.package`, and what is asked of siblings: dependencies with path and
 * version, on the packages named, else on those that have the same version as this one in full.
 */
export function locateInCargoToml(text: string, request: LocateRequest): Located {
  const values = tomlValues(text, request.fail);
  const own = values.filter(({ path }) => isOwn(path)).map((value) => tomlSpot(value, request));
  const inherited = values.some(({ path }) => path.join('\n') === 'package\nversion\nworkspace');
  const current = request.from ?? own.map(({ start, end }) => text.slice(start, end))[0];
  const { following, remarks } = siblings(values, current, request);
  const elsewhere = 'package.version comes from the workspace (version.workspace), whose Cargo.toml holds it';
  return { own, following, remarks: [...(inherited && own.length === 0 ? [elsewhere] : []), ...remarks] };
}

/** Between the quotes of a string on one line. */
export function tomlSpot({ path, start, end, string }: TomlValue, { fail }: Pick<LocateRequest, 'fail'>): VersionSpot {
  const what = path.join('.');
  if (string === undefined || !string.plain) return fail(start, `${what} is no plain string on one line`);
  return { start: start + 1, end: end - 1, what };
}

function isOwn(path: TomlPath): boolean {
  const name = path.join('\n');
  return name === 'package\nversion' || name === 'workspace\npackage\nversion';
}

function siblings(
  values: readonly TomlValue[],
  current: string | undefined,
  request: LocateRequest,
): { readonly following: readonly FollowingSpot[]; readonly remarks: readonly string[] } {
  const following: FollowingSpot[] = [];
  const remarks: string[] = [];
  const keys = new Map(values.filter(({ path }) => isDependency(path)).map((value) => [JSON.stringify(value.path), value]));
  for (const value of keys.values()) {
    const { path, start, string } = value;
    const other = (key: string): TomlValue | undefined => keys.get(JSON.stringify([...path.slice(0, -1), key]));
    if (path.at(-1) !== 'version' || string === undefined || other('path') === undefined) continue;
    const crate = other('package')?.string?.text ?? String(path.at(-2));
    const asked = string.text.replace(/^[\^~=]?\s*/, '');
    if (request.names.size > 0 ? !request.names.has(crate) : asked !== current) continue;
    const what = path.join('.');
    const followed = follow(string.text, request.to, '^');
    if (followed.outcome === 'unclear') remarks.push(`${what} asks for a range that does not admit ${request.to}; it is left as it is`);
    if (followed.outcome !== 'changes') continue;
    tomlSpot(value, request);
    following.push({ start: start + 1 + followed.start, end: start + 1 + followed.end, what, text: followed.text });
  }
  return { following, remarks };
}

/** `dependencies.x.version`, `target.'cfg(unix)'.dependencies.x.version`, `workspace.dependencies.x.version` */
function isDependency(path: TomlPath): boolean {
  const table = path.at(-3);
  if (typeof table !== 'string' || !dependencyTables.has(table)) return false;
  if (path.length === 3) return true;
  return (path.length === 4 && path[0] === 'workspace') || (path.length === 5 && path[0] === 'target');
}
