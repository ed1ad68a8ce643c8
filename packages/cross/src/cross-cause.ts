/** What typically goes wrong in a cross build only. */
export type CrossCauseName =
  | 'unsatisfiable'
  | 'version-skew'
  | 'missing-library'
  | 'foreign-program'
  | 'wrong-tool'
  | 'wrong-library'
  | 'wrong-format'
  | 'run-time-guess';

export interface CrossCause {
  readonly cause: CrossCauseName;
  /** What happened, as a sentence without its full stop. */
  readonly meaning: string;
  readonly cure: string;
  /** The line that shows it, as it was printed. */
  readonly line: string;
}

interface Row extends Omit<CrossCause, 'line'> {
  readonly patterns: readonly RegExp[];
}

/** In order: what is printed early and explains what follows comes first. Samples of each stand in the tests. */
const rows: readonly Row[] = [
  {
    cause: 'foreign-program',
    meaning: 'the build ran a program that it had compiled for the foreign architecture',
    cure: 'Compile programs that the build itself runs with the compiler of the building machine (CC_FOR_BUILD, native: true in Meson), or leave the step out under the profile cross.',
    patterns: [
      /\bExec format error\b/i,
      /cannot execute binary file/i,
      /qemu-[a-z0-9_]+(?:-static)?: Could not open '\/lib/,
      /^help2man: can't get `--(?:help|version)' info from /,
    ],
  },
  {
    cause: 'run-time-guess',
    meaning: 'configuring runs a test program, which a cross build cannot',
    cure: "Give the result beforehand: a cache variable of configure, a CMake cache entry, or properties in Meson's cross file.",
    patterns: [
      /cannot run test program while cross compiling/,
      /cannot (?:run|check|determine|compute).{0,60}(?:when|while|in) cross[- ]?compil/i,
      /TRY_RUN\(\) invoked in cross-compiling mode/,
      /Can(?:not| not) run test applications in this cross environment/,
    ],
  },
  {
    cause: 'wrong-library',
    meaning: 'the linker was given libraries of the building machine',
    cure: 'Ask for the libraries through pkg-config by the name that debhelper passes (PKG_CONFIG), not by bare pkg-config or a path below /usr/lib.',
    patterns: [
      /: file in wrong format$/,
      /error adding symbols: file in wrong format/i,
      / is incompatible with (?:elf|aarch64|arm|i386|powerpc|riscv|s390)/i,
      /Relocations in generic ELF \(EM: \d+\)/,
    ],
  },
  {
    cause: 'wrong-tool',
    meaning: 'the build called a tool of the building machine instead of the one for the foreign architecture',
    cure: 'Call compiler, linker and pkg-config by the names that debhelper and /usr/share/dpkg/buildtools.mk give (CC, CXX, PKG_CONFIG), never as plain gcc or pkg-config.',
    patterns: [
      /\b(?:gcc|cc1|g\+\+|cc|cc1plus): error: unrecognized (?:command-line|argument in) option '?-m(?:branch-protection|arch|cpu|fpu|float-abi|tune|thumb)/,
      /\bunrecognized command-line option '-mbranch-protection=/,
      /[a-z0-9_]+-linux-gnu[a-z]*-pkg-config: (?:command )?not found/,
      /error: invalid instruction suffix for|no such instruction: `[a-z]+ /,
    ],
  },
  {
    cause: 'wrong-format',
    meaning:
      'strip, objcopy or dwz was given files it does not know: they are of the building machine, or of a compiler whose output it refuses',
    cure: 'Compile with the tools of the foreign architecture; skip dh_dwz for Go.',
    patterns: [
      /\b(?:strip|objcopy|objdump|readelf): .*(?:Unable to recogni[sz]e the format of the input file|file format not recogni[sz]ed)/,
      /^dh_dwz: error: .*returned exit code/,
      /^dwz: .*(?:not supported|Unknown|unknown|Unhandled)/,
    ],
  },
  {
    cause: 'missing-library',
    meaning: 'dpkg-shlibdeps finds no package for a library of the foreign architecture',
    cure: "Name the library's -dev package in Build-Depends: only what is asked for is there for the foreign architecture.",
    patterns: [
      /dpkg-shlibdeps: error: (?:cannot find library|no dependency information found for)/,
      /dpkg-shlibdeps: error: cannot continue due to the error/,
    ],
  },
];

/** Finds in the output of a failed cross build what is typical of cross building; undefined when the failure would be there anyway. */
export function crossCauseOf(lines: readonly string[]): CrossCause | undefined {
  for (const { patterns, ...row } of rows) {
    const line = lines.find((text) => patterns.some((pattern) => pattern.test(text.slice(0, 2000))));
    if (line !== undefined) return { ...row, line: line.trim() };
  }
  return undefined;
}

/** The same for what apt printed when build dependencies could not be installed. */
export function unsatisfiableCause(lines: readonly string[], first: string | undefined): CrossCause {
  const skew = lines.find((line) => /\b(?:Breaks|Conflicts): \S+ \(!= /.test(line));
  if (skew !== undefined)
    return {
      cause: 'version-skew',
      meaning: 'a package must have the same version for both architectures, and the archive has different ones at this moment',
      cure: 'Try again later, or with another mirror: the archive publishes one architecture after the other.',
      line: skew.trim(),
    };
  return {
    cause: 'unsatisfiable',
    meaning: `build dependencies cannot be installed for the foreign architecture${first === undefined ? '' : `: ${first}`}`,
    cure: 'Programs that only run during the build need :any or :native in Build-Depends where they are Multi-Arch: allowed.',
    line: first ?? '',
  };
}
