import { fulfils, parseRelations, type Relation, type RelationTarget } from '@release-kit/debian';
import type { MachineRun } from '../package-manager.ts';

/** What a system has, or could install, under one name. */
export interface Available {
  /** Of packages of this name, newest first. */
  readonly versions: readonly string[];
  /** Of packages that say they provide it: name of the package, and the version they provide it in. */
  readonly providers: readonly { readonly name: string; readonly version: string | undefined }[];
}

// Reverse dependencies, of which there are thousands, are of no use here.
const script = `apt-cache showpkg -- "$@" 2>/dev/null | sed '/^Reverse Depends:/,/^Dependencies:/d'`;

/** What the system and the archives whose lists it holds have under each name. Names that are not in the answer are unknown there. */
export async function availability(run: MachineRun, names: readonly string[], timeout: number): Promise<ReadonlyMap<string, Available>> {
  if (names.length === 0) return new Map();
  const argv = ['/bin/sh', '-c', script, 'showpkg', ...names] as const;
  const { stdout } = await run(argv, { allow: 'any', timeout, env: { LC_ALL: 'C.UTF-8' } });
  return parseShowpkg(stdout);
}

/** Reads `apt-cache showpkg`; apt-cache(8). */
export function parseShowpkg(text: string): ReadonlyMap<string, Available> {
  const found = new Map<string, Available>();
  for (const part of text.split(/^Package: /m).slice(1)) {
    const [, versionLines = '', providerLines = ''] = /^\S+\n(.*?)^Provides:.*?^Reverse Provides:[^\n]*\n?(.*)$/ms.exec(part) ?? [];
    const versions = [...versionLines.matchAll(/^([0-9][A-Za-z0-9.+:~-]*) \(/gm)].map((match) => match[1] ?? '');
    const providers = [...providerLines.matchAll(/^(\S+) \S+ \(= ?(\S*)\)/gm)].map((match) => ({
      name: match[1] ?? '',
      version: match[2] === '' ? undefined : match[2],
    }));
    const name = /^[^\s:]+/.exec(part)?.[0];
    if (name !== undefined) found.set(name, { versions, providers: distinct(providers) });
  }
  return found;
}

function distinct(providers: Available['providers']): Available['providers'] {
  return [...new Map(providers.map((provider) => [`${provider.name} ${provider.version}`, provider])).values()];
}

/** The names of relations that have to be asked for. */
export function namesIn(relations: readonly Relation[]): readonly string[] {
  return [...new Set(relations.flatMap(({ targets }) => targets.map(({ name }) => name)))].sort();
}

/** Whether something fulfils one alternative; packages that provide a name without a version fulfil no constraint (Policy 7.5). */
export function isThere(target: RelationTarget, available: Available | undefined): boolean {
  if (available === undefined) return false;
  return (
    available.versions.some((version) => fulfils(version, target)) ||
    available.providers.some(({ version }) => (version === undefined ? target.constraint === undefined : fulfils(version, target)))
  );
}

/** What packages themselves bring, as their control files say it. */
export function ownAvailability(
  packages: readonly { readonly name: string; readonly version: string; readonly provides: string | undefined }[],
): ReadonlyMap<string, Available> {
  const found = new Map<string, Available>();
  const add = (key: string, more: Available): void => {
    const before = found.get(key) ?? { versions: [], providers: [] };
    found.set(key, { versions: [...before.versions, ...more.versions], providers: [...before.providers, ...more.providers] });
  };
  for (const { name, version, provides } of packages) {
    add(name, { versions: [version], providers: [] });
    for (const { targets } of parseRelations(provides))
      for (const target of targets) add(target.name, { versions: [], providers: [{ name, version: target.constraint?.version }] });
  }
  return found;
}
