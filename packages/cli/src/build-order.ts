import { inertLine, UserError } from '@release-kit/action';

/** A package that is going to be built, by what others see of it. */
export interface Buildable {
  /** The source package. */
  readonly name: string;
  /** Names of its binary packages, and of what they provide. */
  readonly makes: readonly string[];
  /** Names in its build dependencies, alternatives included. */
  readonly needs: readonly string[];
}

export interface Ordered<T extends Buildable> {
  readonly package: T;
  /** The packages of the same run that it needs, directly or by others, in the order they are built in. */
  readonly after: readonly T[];
}

/**
 * The order in which packages of one repository are built: each after those whose binary packages it is built with, otherwise as given.
 * Throws E_BUILD_DEPENDS for a circle, and names it.
 */
export function buildOrder<T extends Buildable>(packages: readonly T[]): readonly Ordered<T>[] {
  const needed = new Map(packages.map((one) => [one, packages.filter((other) => other !== one && uses(one, other))]));
  const ordered: Ordered<T>[] = [];
  const done = new Map<T, ReadonlySet<T>>();
  const visit = (one: T, path: readonly T[]): ReadonlySet<T> => {
    const known = done.get(one);
    if (known !== undefined) return known;
    if (path.includes(one)) throw circle([...path.slice(path.indexOf(one)), one]);
    const before = new Set<T>();
    for (const other of needed.get(one) ?? []) {
      for (const earlier of visit(other, [...path, one])) before.add(earlier);
      before.add(other);
    }
    done.set(one, before);
    ordered.push({ package: one, after: [...before] });
    return before;
  };
  for (const one of packages) visit(one, []);
  return ordered;
}

const uses = (one: Buildable, other: Buildable): boolean => one.needs.some((name) => other.makes.includes(name));

function circle(path: readonly Buildable[]): UserError {
  const steps = path.slice(1).map((other, index) => {
    const one = path[index] ?? other;
    return `${one.name} is built with ${one.needs.find((name) => other.makes.includes(name)) ?? other.name} of ${other.name}`;
  });
  return new UserError('E_BUILD_DEPENDS', inertLine(`the packages need each other in a circle: ${steps.join(', ')}`), {
    cure: 'Take one of these build dependencies out, for example by a build profile (<!stage1>) that is not used here.',
  });
}
