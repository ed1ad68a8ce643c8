import type { KnownFailure } from './known-failure.ts';

/** What compilers, linkers and interpreters say. `compiler` and its kin have parsers of their own (compiler-message.ts, python-error.ts). */
export const toolFailures = {
  'missing-header': {
    category: 'compile',
    title: 'missing header',
    cure: 'Add the package that holds this header to Build-Depends; `apt-file search NAME` finds it.',
    example: ['main.c:1:10: fatal error: zlib.h: No such file or directory'],
  },
  'warning-as-error': {
    category: 'compile',
    title: 'warning treated as an error',
    cure: 'Correct the line. In a package, drop -Werror from the flags: every new compiler knows new warnings.',
    example: ['main.c:1:22: error: unused variable ‘unused’ [-Werror=unused-variable]'],
  },
  compiler: {
    category: 'compile',
    title: 'compiler error',
    cure: 'Correct the source line.',
    example: ['main.c:4:16: error: ‘missing’ undeclared (first use in this function)'],
  },
  'compiler-option': {
    category: 'compile',
    title: 'wrong compiler option',
    cure: 'Correct the flags in debian/rules or the build files; this compiler does not know the option.',
    example: ['cc1: error: unrecognized command-line option ‘-fnosuch’'],
    patterns: [/^cc1(?:plus)?: (?:fatal )?error: /, /^(?:gcc|g\+\+|cc|c\+\+|clang): error: (?:unrecognized|unknown) /],
  },
  'compiler-crash': {
    category: 'compile',
    title: 'compiler crashed',
    cure: 'Often memory ran out: build with parallel=1 or on a bigger machine. Otherwise it is a bug of the compiler, or of the emulator.',
    example: ['cc: internal compiler error: Segmentation fault signal terminated program cc1'],
    patterns: [/: internal compiler error: /],
  },
  'undefined-reference': {
    category: 'compile',
    title: 'undefined reference',
    cure: 'Define the symbol, or link the library that has it (after the objects that use it).',
    example: ["/usr/bin/ld: ././main.c:2: undefined reference to `missing'"],
    patterns: [/undefined reference to /],
  },
  'multiple-definition': {
    category: 'compile',
    title: 'multiple definition',
    cure: 'Define the symbol in one source file only; in headers declare it extern or static inline.',
    example: ["././b.c:1: multiple definition of `f'; main.o:././main.c:1: first defined here"],
    patterns: [/multiple definition of /],
  },
  'missing-library': {
    category: 'compile',
    title: 'library not found by the linker',
    cure: 'Add the library’s -dev package to Build-Depends.',
    example: ['/usr/bin/ld: cannot find -lfoo: No such file or directory'],
    patterns: [/\bld(?:\.[a-z]+)?: cannot find /, /^make(?:\[\d+\])?: \*\*\* (?<message>No rule to make target '-l.*?)\s+Stop\.$/],
  },
  'wrong-library': {
    category: 'compile',
    title: 'library of another architecture',
    cure: 'In a cross build, take the library and its search path from the host architecture: use the pkg-config and compiler of DEB_HOST_GNU_TYPE.',
    example: ['/usr/bin/ld: /usr/lib/libfoo.so: error adding symbols: file in wrong format'],
    patterns: [/\bld(?:\.[a-z]+)?: .*(?:file in wrong format|is incompatible with \S+ output)/],
  },
  rust: {
    category: 'compile',
    title: 'rustc error',
    cure: 'Correct the source line; `rustc --explain CODE` tells more.',
    example: ['error[E0308]: mismatched types', ' --> src/main.rs:3:18'],
    patterns: [
      /^error(?:\[E\d+\])?: (?!could not compile|aborting due to|failed to run custom build command|test failed|no matching package|failed to select a version|failed to get )\S/,
    ],
  },
  'rust-crate': {
    category: 'configure',
    title: 'crate missing',
    cure: 'Add the librust-*-dev package of the crate to Build-Depends, or vendor it: cargo cannot fetch during a build.',
    example: ['error: no matching package named `serde` found'],
    patterns: [/^error: (?<message>no matching package named .*|failed to select a version for .*|failed to get `.*)$/],
  },
  go: {
    category: 'compile',
    title: 'Go compiler error',
    cure: 'Correct the source line.',
    example: ['./main.go:4:10: undefined: missing'],
  },
  'go-module': {
    category: 'configure',
    title: 'Go module missing',
    cure: 'Add the golang-*-dev package of the module to Build-Depends, or vendor it: go cannot fetch during a build.',
    example: ['main.go:3:8: no required module provides package example.org/x; to add it:'],
    patterns: [
      /^go: (?<message>.*(?:module lookup disabled|cannot find main module|inconsistent vendoring|missing go\.sum entry).*)$/,
      /^\S+: (?<message>cannot find package .*)$/,
    ],
  },
  typescript: {
    category: 'compile',
    title: 'TypeScript error',
    cure: 'Correct the source line.',
    example: ["src/a.ts(3,5): error TS2304: Cannot find name 'missing'."],
    patterns: [/^(?<file>[^\s(][^(]*\.[cm]?tsx?)\((?<line>\d{1,9}),(?<column>\d{1,9})\): error (?<message>TS\d+: .*)$/],
  },
  'python-syntax': {
    category: 'compile',
    title: 'Python syntax error',
    cure: 'Correct the source line; the interpreter of the distribution may be older than yours.',
    example: ['  File "tool.py", line 1', '    def f(:', '          ^', 'SyntaxError: invalid syntax'],
  },
  'python-module': {
    category: 'configure',
    title: 'Python module missing',
    cure: 'Add the python3-* package of the module to Build-Depends.',
    example: [
      'Traceback (most recent call last):',
      '  File "/build/x-1.0/gen.py", line 1, in <module>',
      "ModuleNotFoundError: No module named 'nosuch'",
    ],
    patterns: [/^\S*python3?(?:\.\d+)?: (?<message>No module named .*)$/],
  },
  'python-exception': {
    category: 'other',
    title: 'Python exception',
    cure: 'Look at the line of your own file in the traceback.',
    example: ['Traceback (most recent call last):', '  File "/build/x-1.0/gen.py", line 4, in load', 'ValueError: x'],
  },
  'perl-module': {
    category: 'configure',
    title: 'Perl module missing',
    cure: 'Add the lib…-perl package of the module to Build-Depends; `apt-file search NAME.pm` finds it.',
    example: ["Can't locate No/Such.pm in @INC (you may need to install the No::Such module) (@INC contains: /etc/perl)"],
    patterns: [
      /^(?<message>Can't locate \S+ in @INC(?: \(you may need to install the \S+ module\))?).*?(?: at (?<file>[^\s/]\S*) line (?<line>\d{1,9})\.)?$/,
    ],
  },
  'shell-syntax': {
    category: 'compile',
    title: 'shell syntax error',
    cure: 'Correct the script; /bin/sh is dash here, which knows no extensions of bash.',
    example: ['run.sh: 4: Syntax error: end of file unexpected (expecting "fi")'],
    patterns: [
      /^(?<file>[^\s:]+): (?:line )?(?<line>\d{1,9}): (?<message>[Ss]yntax error: .*)$/,
      /^(?<file>[^\s:]+): line (?<line>\d{1,9}): (?<message>syntax error .*)$/,
    ],
  },
  crash: {
    category: 'other',
    title: 'program crashed',
    cure: 'Run the program below a debugger; when it happens in an emulated build only, the emulator is the suspect.',
    example: ['make[1]: *** [Makefile:3: prog] Segmentation fault'],
    patterns: [
      /^(?<message>make(?:\[\d+\])?: \*\*\* \[(?<file>[^\]:]+):(?<line>\d{1,9}): [^\]]*\] (?:Segmentation fault|Aborted|Bus error|Illegal instruction).*)$/,
      /^qemu: uncaught target signal \d+ .*$/,
    ],
  },
} as const satisfies Record<string, KnownFailure>;
