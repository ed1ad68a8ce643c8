/** One alternative of a build dependency: `golang-any:native (>= 2:1.19) <!nocheck>`. */
export interface BuildDependency {
  readonly name: string;
  /** `any`, `native`, or '' (the architecture that is built for). */
  readonly qualifier: string;
}

/** What a cross build is done with: host programs do not run, so neither do tests (debhelper(7), "cross"). */
export const crossProfiles: readonly string[] = ['cross', 'nocheck'];

/**
 * Reads a relationship field such as Build-Depends (Policy 7.1) as far as strategies need it: every alternative that holds under the
 * profiles, in order. Forms that cannot be read are left out: apt, which is asked as well, says what is wrong with them.
 */
export function buildDependencies(field: string, profiles: readonly string[] = []): readonly BuildDependency[] {
  const found: BuildDependency[] = [];
  for (const entry of field.replace(/^#.*$/gm, '').split(/[,|]/)) {
    const match = /^\s*([a-z0-9][a-z0-9+.-]+)(?::([a-z0-9-]+))?(?=$|[\s(<[])/.exec(entry);
    if (match !== null && holds(entry, profiles)) found.push({ name: match[1] ?? '', qualifier: match[2] ?? '' });
  }
  return found;
}

/** Groups in angle brackets, of which one must fit; inside a group each word must (deb-src-control(5)). */
function holds(entry: string, profiles: readonly string[]): boolean {
  const groups = [...entry.matchAll(/<([^<>]*)>/g)].map((group) => (group[1] ?? '').trim().split(/\s+/));
  if (groups.length === 0) return true;
  return groups.some((group) =>
    group.every((word) => (word.startsWith('!') ? !profiles.includes(word.slice(1)) : profiles.includes(word))),
  );
}
