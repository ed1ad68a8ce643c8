import { packagesIn } from './guard.ts';
import type { PackageContent } from './package-content.ts';

/** A binary package that depends on other packages on one architecture than on another. */
export interface DependencyDifference {
  readonly package: string;
  /** Names that only the first has. */
  readonly more: readonly string[];
  /** Names that only the second has. */
  readonly fewer: readonly string[];
}

/**
 * Compares what packages of one source depend on, by name, between two architectures; `Architecture: all` packages and debug
 * symbols are left out. Versions differ with reason: a symbol came to an architecture when it did.
 */
export function dependencyDifferences(ours: readonly PackageContent[], theirs: readonly PackageContent[]): readonly DependencyDifference[] {
  const others = new Map(theirs.filter(isCompared).map((content) => [nameOf(content), dependenciesOf(content)]));
  return ours.filter(isCompared).flatMap((content): readonly DependencyDifference[] => {
    const [mine, other] = [dependenciesOf(content), others.get(nameOf(content))];
    if (other === undefined) return [];
    const more = [...mine].filter((name) => !other.has(name)).sort();
    const fewer = [...other].filter((name) => !mine.has(name)).sort();
    return more.length === 0 && fewer.length === 0 ? [] : [{ package: nameOf(content), more, fewer }];
  });
}

const nameOf = (content: PackageContent): string => content.control.get('Package') ?? '';

const isCompared = ({ control }: PackageContent): boolean =>
  control.get('Architecture') !== 'all' && control.get('Auto-Built-Package') !== 'debug-symbols';

/** The C library is named otherwise on some architectures: Policy has no list, glibc's debian/rules.d/control does. */
function dependenciesOf({ control }: PackageContent): ReadonlySet<string> {
  const names = packagesIn(`${control.get('Pre-Depends') ?? ''},${control.get('Depends') ?? ''}`);
  return new Set(names.map((name) => name.replace(/^libc(?:6\.1|0\.[13])$/, 'libc6')).filter((name) => !runtimes.has(name)));
}

/** Run-time libraries of GCC that code needs on some processors only: there the compiler calls them, elsewhere it has instructions. */
const runtimes: ReadonlySet<string> = new Set([
  'libatomic1',
  'libgcc-s1',
  'libgcc1',
  'libgcc-s2',
  'libgcc-s4',
  'libitm1',
  'libquadmath0',
  'libunwind8',
]);
