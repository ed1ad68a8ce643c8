import { inertLine } from '@release-kit/action';
import { parseRelations, type RelationTarget } from '@release-kit/debian';
import type { Problem } from '../problem.ts';
import { type Available, isThere, ownAvailability } from './availability.ts';
import type { RemovedPackage } from './dpkg-status.ts';
import type { OwnPackage } from './own-package.ts';

const fields = ['Pre-Depends', 'Depends'] as const;
/** Names of packages that provide another, in a message. */
const mostProviders = 4;

/** All that the packages depend on, with who wants it. */
export function wants(packages: readonly OwnPackage[], names: readonly string[] = fields) {
  return packages.flatMap(({ file, control }) =>
    names.flatMap((field) => parseRelations(control.get(field)).map((relation) => ({ package: file.name, field, relation }))),
  );
}

/** The dependencies of our packages that nothing fulfils, each with what there is instead. `system`: its name, such as `debian:12`; `names`: of the fields. */
export function unmetProblems(
  packages: readonly OwnPackage[],
  available: ReadonlyMap<string, Available>,
  system: string,
  names: readonly string[] = fields,
): readonly Problem[] {
  const own = ownAvailability(
    packages.map(({ file, control }) => ({ name: file.name, version: file.version, provides: control.get('Provides') })),
  );
  const problems: Problem[] = [];
  for (const { package: who, field, relation } of wants(packages, names)) {
    if (relation.targets.some((target) => isThere(target, own.get(target.name)) || isThere(target, available.get(target.name)))) continue;
    const [first] = relation.targets;
    const reasons = relation.targets.map((target) => reasonOf(target, own.get(target.name), available.get(target.name), system));
    problems.push({
      category: 'missing-dependency',
      message: inertLine(`${who} ${verbs[field] ?? field} ${relation.text}: ${[...new Set(reasons)].join(', ')}`),
      ...(first === undefined ? {} : { subject: { kind: 'field', package: who, field, word: first.name } as const }),
    });
  }
  return problems;
}

const verbs: Readonly<Record<string, string>> = { 'Pre-Depends': 'pre-depends on', Depends: 'depends on', Recommends: 'recommends' };

function reasonOf({ name }: RelationTarget, own: Available | undefined, other: Available | undefined, system: string): string {
  const [brought] = own?.versions ?? [];
  if (brought !== undefined) return `its own packages bring ${name} ${brought}`;
  const versions = other?.versions ?? [];
  if (versions.length > 0) return `${system} has ${name} ${versions.join(' and ')}`;
  const providers = [...new Set((other?.providers ?? []).map((provider) => provider.name))].sort();
  if (providers.length === 0) return `${system} has no package ${name}`;
  const some = providers.slice(0, mostProviders).join(', ');
  const more = providers.length > mostProviders ? ` and ${providers.length - mostProviders} more` : '';
  return `${name} is a virtual package in ${system}, which ${some}${more} provide in no such version`;
}

/** Packages of one manifest that exclude each other, by what their control files say (Policy 7.3, 7.4). */
export function ownConflicts(packages: readonly OwnPackage[]): readonly Problem[] {
  const problems: Problem[] = [];
  for (const { package: who, field, relation } of wants(packages, ['Conflicts', 'Breaks'])) {
    for (const target of relation.targets) {
      const others = packages.filter(({ file }) => file.name !== who).filter((other) => isThere(target, ownAvailabilityOf(other, target)));
      for (const { file } of others)
        problems.push({
          category: 'conflict',
          message: inertLine(`${who} and ${file.name} cannot be installed together: ${who} has ${field}: ${relation.text}`),
          cure: 'Correct the field; packages that really exclude each other are tried one at a time, each with a manifest of its own.',
          subject: { kind: 'field', package: who, field, word: target.name },
        });
    }
  }
  return problems;
}

const ownAvailabilityOf = ({ file, control }: OwnPackage, { name }: RelationTarget): Available | undefined =>
  ownAvailability([{ name: file.name, version: file.version, provides: control.get('Provides') }]).get(name);

/** Installed packages that would go although no package says that it replaces or excludes them. `provides`: of those packages. */
export function undeclaredRemovals(
  packages: readonly OwnPackage[],
  removed: readonly RemovedPackage[],
  system: string,
): readonly Problem[] {
  const declared = wants(packages, ['Conflicts', 'Breaks', 'Replaces']).flatMap(({ relation }) => relation.targets);
  return removed
    .filter((gone) => {
      const there = ownAvailability([gone]);
      return !declared.some((target) => isThere(target, there.get(target.name)));
    })
    .map(({ name }) => ({
      category: 'conflict',
      message: inertLine(`installing the packages would remove ${name} of ${system}, and none of them has a Conflicts with it`),
      cure: 'Find the dependency that excludes it, or declare Conflicts when it has to go.',
    }));
}

/** Installed packages that would go although nothing can be tried without them, whatever the packages say. `needed`: their names. */
export function neededRemovals(
  packages: readonly OwnPackage[],
  removed: readonly RemovedPackage[],
  needed: readonly string[],
  system: string,
): readonly Problem[] {
  const declared = wants(packages, ['Conflicts', 'Breaks']);
  return removed
    .filter(({ name }) => needed.includes(name))
    .map((gone): Problem => {
      const there = ownAvailability([gone]);
      const by = declared.find(({ relation }) => relation.targets.some((target) => isThere(target, there.get(target.name))));
      const why = by === undefined ? '' : `: ${by.package} has ${by.field}: ${by.relation.text}`;
      return {
        category: 'conflict',
        message: inertLine(`installing the packages would remove ${gone.name} of ${system}, without which services do not run${why}`),
        ...(by === undefined ? {} : { subject: { kind: 'field', package: by.package, field: by.field, word: gone.name } as const }),
      };
    });
}
