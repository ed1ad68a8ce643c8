import type { KnownFailure } from './known-failure.ts';

const unresolved = [
  'Could not resolve (?:host|proxy)',
  "Couldn't resolve host",
  'Temporary failure in name resolution',
  'Temporary failure resolving',
  '[Nn]ame or service not known',
  '[Nn]etwork is unreachable',
  'No route to host',
  'unable to resolve host address',
  'failed to lookup address information',
  'getaddrinfo (?:ENOTFOUND|EAI_AGAIN)',
  'dial tcp[: ]',
  'Failed to establish a new connection',
  "\\bBad hostname '",
] as const;

/** What the surroundings did; it holds inside the messages of any tool, so it is looked for first. */
export const surroundingFailures = {
  'disk-full': {
    category: 'disk',
    title: 'disk full',
    cure: 'Free space on the disk that holds temporary files and the cache, then build again.',
    example: ["dd: error writing '/build/tiny/x': No space left on device"],
    patterns: [/No space left on device|Disk quota exceeded/],
  },
  'out-of-memory': {
    category: 'memory',
    title: 'out of memory',
    cure: 'Build with fewer jobs (input parallel), or on a machine with more memory.',
    example: ['c++: fatal error: Killed signal terminated program cc1plus'],
    patterns: [
      /(?:fatal|internal compiler) error: Killed(?: \(program|: 9| signal)/,
      /virtual memory exhausted|Cannot allocate memory|std::bad_alloc|out of memory allocating/,
      /^make(?:\[\d+\])?: \*\*\* \[[^\]]*\] Killed/,
      /\(signal: 9, SIGKILL: kill\)/,
    ],
  },
  network: {
    category: 'network',
    title: 'network used',
    cure: 'Package what the build downloads, or allow the network for this build (input network).',
    example: ['curl: (6) Could not resolve host: downloads.example.org'],
    patterns: [new RegExp(unresolved.join('|'))],
  },
} as const satisfies Record<string, KnownFailure>;

/** What is found missing or wrong before anything is compiled. */
export const setupFailures = {
  'unmet-dependencies': {
    category: 'depends',
    title: 'build dependency cannot be installed',
    cure: 'Correct Build-Depends in debian/control: the message names what is missing in this distribution.',
    example: ['dpkg-checkbuilddeps: error: Unmet build dependencies: libnosuch-dev (>= 2)'],
    patterns: [
      /^dpkg-checkbuilddeps: error: (?<message>[Uu]nmet build (?:dependencies|conflicts).*)$/,
      /^E: (?<message>Unable to locate package .*|Package '.*' has no installation candidate)$/,
      /^E: (?<message>Unmet dependencies.*|Unable to satisfy .*|Build-[Dd]epend.* (?:cannot|could not) be satisfied.*)$/,
    ],
  },
  'cmake-package': {
    category: 'configure',
    title: 'CMake package missing',
    cure: 'Add the -dev package that has this library’s CMake files to Build-Depends.',
    example: ['CMake Error at CMakeLists.txt:3 (find_package):', '  By not providing "FindNoSuchLib.cmake" in CMAKE_MODULE_PATH', ''],
  },
  cmake: {
    category: 'configure',
    title: 'CMake error',
    cure: 'Look at the line of CMakeLists.txt; CMakeFiles/CMakeError.log tells what was tried.',
    example: ['CMake Error at CMakeLists.txt:7 (message):', '  this is no place to build', ''],
    patterns: [/^CMake Error: (?<message>.*)$/],
  },
  'meson-dependency': {
    category: 'configure',
    title: 'Meson dependency missing',
    cure: 'Add the -dev package of this library to Build-Depends, or switch the feature off in debian/rules.',
    example: ['../meson.build:2:0: ERROR: Dependency "nosuchlib" not found, tried pkgconfig and cmake'],
  },
  meson: {
    category: 'configure',
    title: 'Meson error',
    cure: 'Look at the line of meson.build; meson-logs/meson-log.txt tells what was tried.',
    example: ['../meson.build:4:2: ERROR: Unknown function "nosuch".'],
  },
  'pkg-config': {
    category: 'configure',
    title: 'library unknown to pkg-config',
    cure: 'Add the -dev package that has this .pc file to Build-Depends; `apt-file search NAME.pc` finds it.',
    example: ['configure: error: Package requirements (nosuchlib >= 2) were not met:'],
    patterns: [
      /^configure: error: (?<message>Package requirements .* were not met.*)$/,
      /^(?<message>Package \S+ was not found in the pkg-config search path\.?)/,
      /^(?<message>No package '\S+' found)$/,
    ],
  },
  configure: {
    category: 'configure',
    title: 'configure failed',
    cure: 'Add what configure misses to Build-Depends; config.log tells what was tried.',
    example: ['configure: error: libnosuch is needed'],
    patterns: [/^configure: error: (?!in [`'])(?<message>.*)$/],
  },
  'autoconf-macro': {
    category: 'configure',
    title: 'unknown autoconf macro',
    cure: 'Add the package that has this macro to Build-Depends (autoconf-archive, pkg-config, gettext, libtool).',
    example: ['configure.ac:4: error: possibly undefined macro: AC_NOSUCH_THING'],
  },
  'missing-program': {
    category: 'configure',
    title: 'program missing',
    cure: 'Add the package that has this program to Build-Depends; `apt-file search bin/NAME` finds it.',
    example: ['/bin/sh: 1: nosuchprogram: not found'],
    patterns: [
      /^make(?:\[\d+\])?: (?<message>\S+: No such file or directory)$/,
      /^\S*sh: (?:line )?\d+: \S+: (?:command )?not found$/,
      /^\S*env: ‘?'?[\w.+-]+'?’?: No such file or directory$/,
    ],
  },
  'exec-format': {
    category: 'configure',
    title: 'program of another architecture',
    cure: 'A cross build runs a program that it built: build that tool for the build architecture, or use the strategy emulate.',
    example: ['/usr/bin/x: Exec format error'],
    patterns: [/Exec format error|cannot execute binary file/],
  },
  'make-target': {
    category: 'configure',
    title: 'nothing makes a file',
    cure: 'Add the file, or the rule that makes it; names are told apart by case.',
    example: ["make: *** No rule to make target 'config.h', needed by 'main.o'.  Stop."],
    patterns: [/^make(?:\[\d+\])?: \*\*\* (?<message>No rule to make target (?!'-l).*?)\s+Stop\.$/],
  },
  makefile: {
    category: 'compile',
    title: 'Makefile error',
    cure: 'Correct the line; commands of a rule begin with a tab.',
    example: ['Makefile:3: *** missing separator.  Stop.'],
    patterns: [/^(?<file>[^\s:*]+):(?<line>\d{1,9}): \*\*\* (?<message>.*?)(?:\s+Stop\.)?$/],
  },
  'home-folder': {
    category: 'other',
    title: 'home folder used',
    cure: 'A build has no home: give the tool a folder inside the tree (HOME, XDG_CACHE_HOME) in debian/rules.',
    example: ['mkdir: cannot create directory ‘/nonexistent’: Permission denied'],
    patterns: [/\/nonexistent\b.*(?:Permission denied|No such file or directory)|EACCES.*'\/nonexistent/],
  },
  'missing-file': {
    category: 'other',
    title: 'file missing',
    cure: 'Correct the name: nothing of the tree or the build made this file.',
    example: ["install: cannot stat 'nosuch': No such file or directory"],
    patterns: [
      /^(?:install|cp|mv|ln|chmod|chown|cat|rm|sed|touch): (?<message>(?:cannot (?:stat|open|access|remove) |can't read ).*No such file or directory)$/,
    ],
  },
} as const satisfies Record<string, KnownFailure>;
