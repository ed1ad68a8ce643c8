import type { MachineRun, PackagedPath, PackageSet } from '../package-manager.ts';

const options = { allow: 'any', timeout: 60_000, env: { LC_ALL: 'C.UTF-8' } } as const;

// One command for all packages: each costs the time of a unit.
const pathsScript = `for name; do
dpkg-query --listfiles "$name"; printf '\\0'
dpkg-query --show --showformat='\${Conffiles}\\n' "$name"; printf '\\0'
done`;

/** All paths that dpkg installed for the packages of a set; dpkg-query(1), `--listfiles`. */
export async function pathsOf(run: MachineRun, { packages }: PackageSet): Promise<readonly PackagedPath[]> {
  const { stdout } = await run(['/bin/sh', '-c', pathsScript, 'paths', ...packages.map(({ name }) => name)], options);
  const texts = stdout.split('\0');
  return packages.flatMap(({ name }, index) => {
    const configuration = new Set(parseConffiles(texts[2 * index + 1] ?? ''));
    return (texts[2 * index] ?? '')
      .split('\n')
      .filter((path) => path.startsWith('/') && path !== '/.')
      .map((path) => ({ path, package: name, isConfiguration: configuration.has(path) }));
  });
}

/** The package that each path belongs to; dpkg-query(1), `--search`. In a merged /usr dpkg knows a path by the name it was packaged with. */
export async function ownersOf(run: MachineRun, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (paths.length === 0) return new Map();
  const aliasOf = (path: string): string => path.replace(/^\/usr(?=\/(?:bin|sbin|lib|lib32|lib64|libx32)\/)/, '');
  const asked = [...new Set(paths.flatMap((path) => [path, aliasOf(path)]))];
  // A pattern of dpkg-query, unless its special characters are quoted.
  const quoted = asked.map((path) => path.replace(/[*?[\]\\]/g, '\\$&'));
  const { stdout } = await run(['dpkg-query', '--search', '--', ...quoted], options);
  const owners = parseOwners(stdout);
  return new Map(
    paths.flatMap((path) => {
      const owner = owners.get(path) ?? owners.get(aliasOf(path));
      return owner === undefined ? [] : [[path, owner]];
    }),
  );
}

/** Lines of `package, package: path`; of several owners the first counts. Diversions, which name no owner, are left out. */
export function parseOwners(text: string): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const line of text.split('\n')) {
    const match = /^([a-z0-9][a-z0-9+.-]*)(?::[a-z0-9-]+)?(?:, [^:]+(?::[a-z0-9-]+)?)*: (\/.*)$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) owners.set(match[2], match[1]);
  }
  return owners;
}

/** Paths of dpkg's field Conffiles: lines of ` /path digest`, with `obsolete` after old ones. */
export function parseConffiles(text: string): readonly string[] {
  return [...text.matchAll(/^ (\/.*) [0-9a-f]{32}$/gm)].map((match) => match[1] ?? '');
}
