import type { Satisfiable } from './strategy.ts';

/**
 * Packages whose programs a build runs: installed for the foreign architecture, they are of no use. Each is Multi-Arch: allowed, so that
 * Build-Depends may say :any (or :native); without it apt takes the foreign one, and is content.
 */
const runs =
  /^(?:python3(?:\.\d+)?(?:-minimal)?|golang-(?:go|[\d.]+-go)|gccgo-\d+|rustc|cargo|perl|ruby[\d.]*|nodejs|ocaml|ghc|tcl[\d.]+|lua5\.\d|guile-\d\.\d|php[\d.]+-cli|openjdk-\d+-jdk-headless)$/;

/** What `apt-get --simulate build-dep` says of a cross build: `exitCode` and the lines of both streams. `unmet` is what it cannot install. */
export function solverAnswer(
  architecture: string,
  exitCode: number | null,
  lines: readonly string[],
  unmet: readonly { readonly text: string; readonly reason: string }[],
): Satisfiable {
  if (exitCode === 0) {
    const foreign = foreignPrograms(architecture, lines);
    if (foreign.length === 0) return { satisfiable: true };
    const names = foreign.join(', ');
    return {
      satisfiable: false,
      reason: `${names} would be the foreign one, which the build cannot run (Build-Depends does not say :any)`,
    };
  }
  const [first, ...more] = unmet;
  if (first !== undefined)
    return { satisfiable: false, reason: `${first.text} ${first.reason}${more.length === 0 ? '' : `, and ${more.length} more`}` };
  return { satisfiable: false, reason: conflictOf(lines) ?? 'apt finds no solution' };
}

/** `Inst python3:arm64 (3.11.2-1+b1 Debian:12 [arm64])` */
function foreignPrograms(architecture: string, lines: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const line of lines) {
    const [, name = '', of] = /^Inst ([a-z0-9][a-z0-9+.-]+):([a-z0-9-]+) /.exec(line) ?? [];
    if (of === architecture && runs.test(name)) found.add(name);
  }
  // python3 stands for python3.11 and python3-minimal, of which it consists.
  return [...found].filter((name) => ![...found].some((other) => other !== name && name.startsWith(other)));
}

/** ` perl-base : Conflicts: perl-base:arm64 but 5.36.0-7 is to be installed`: packages of the two architectures exclude each other. */
export function conflictOf(lines: readonly string[]): string | undefined {
  for (const line of lines) {
    const [, one, how, other] = /^\s*(\S+) : (Conflicts|Breaks): ([^\s|]+)/.exec(line) ?? [];
    if (one !== undefined) return `${one} ${how === 'Breaks' ? 'breaks' : 'conflicts with'} ${other}`;
  }
  return undefined;
}
