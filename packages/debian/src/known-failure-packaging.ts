import type { KnownFailure } from './known-failure.ts';

/** What debhelper and dpkg say of the packaging. */
export const packagingFailures = {
  'dh-install': {
    category: 'packaging',
    title: 'file to install is missing',
    cure: 'Correct the line of debian/*.install (or docs, manpages, …): nothing installs such a file into debian/tmp, and the tree has none.',
    example: ['dh_install: warning: dh-install missing files: usr/bin/prog'],
    patterns: [
      /^(?<message>dh_\w+: warning: \S+ missing files: .*)$/,
      /^(?<message>dh_(?:install|link|doc|man|info|exam|icon|lintian)\w*: (?:warning|error): Cannot find \(any matches for\) .*)$/,
    ],
  },
  'dh-missing': {
    category: 'packaging',
    title: 'installed file is in no package',
    cure: 'Name the file in debian/PACKAGE.install, or in debian/not-installed when it is not wanted.',
    example: ['dh_missing: warning: usr/bin/other exists in debian/tmp but is not installed to anywhere'],
    patterns: [/^(?<message>dh_missing: (?:warning|error): \S+ exists in debian\/tmp.*?)\s*$/],
  },
  'dh-addon': {
    category: 'packaging',
    title: 'debhelper addon missing',
    cure: 'Add dh-sequence-NAME, or the package that has the addon, to Build-Depends.',
    example: ["dh: error: unable to load addon nosuch: Can't locate Debian/Debhelper/Sequence/nosuch.pm in @INC"],
    patterns: [/^(?<message>dh: error: unable to load addon [\w-]+)/],
  },
  'dh-buildsystem': {
    category: 'packaging',
    title: 'unknown debhelper build system',
    cure: 'Correct --buildsystem in debian/rules; `dh_auto_configure --list` shows those that are known.',
    example: ["dh_auto_clean: error: unable to load build system class 'nosuch': Can't locate Debian/Debhelper/Buildsystem/nosuch.pm"],
    patterns: [/^(?<message>dh_\w+: error: unable to load build system class '[^']*')/],
  },
  'dh-usrlocal': {
    category: 'packaging',
    title: 'file below /usr/local',
    cure: 'Install below /usr: packages may own folders alone in /usr/local (Debian Policy 9.1.2). Pass prefix=/usr to the build.',
    example: ['dh_usrlocal: error: debian/x/usr/local/bin/prog is not a directory'],
    patterns: [/^(?<message>dh_usrlocal: error: .*)$/],
  },
  'dh-compat': {
    category: 'packaging',
    title: 'debhelper compatibility level missing',
    cure: 'Write debhelper-compat (= 13) into Build-Depends of debian/control instead of debhelper; debhelper-compat(7) tells what a level changes.',
    example: ['dh: error: Please specify the compatibility level in debian/compat or via Build-Depends: debhelper-compat (= X)'],
    patterns: [/^(?<message>(?:dh|dh_\w+): error: Please specify the compatibility level .*)$/],
  },
  debhelper: {
    category: 'packaging',
    title: 'debhelper error',
    cure: 'Look at the manual page of the helper that is named.',
    example: ['dh_installinit: error: unknown option or error during option parsing; aborting'],
    patterns: [
      /^(?<message>dh_(?!auto_|builddeb|missing)\w+: error: (?!missing files, aborting|Aborting due to|failing due to).*?)(?<! returned exit code \d{1,3})$/,
      /^(?<message>dh: error: .*)$/,
    ],
  },
  'install-outside': {
    category: 'packaging',
    title: 'installed into the system',
    cure: 'Install below debian/tmp or debian/PACKAGE, not into the system: `make install` by DESTDIR, CMake by DESTDIR, pip by --root.',
    example: ["cp: cannot create directory '/opt/prog': Permission denied"],
    patterns: [
      /^(?:install|cp|mv|mkdir|ln|touch|error): (?:cannot|could not|failed to) (?:create|open|touch|move)\b.*?['‘]\/(?:bin|etc|lib|opt|sbin|srv|usr|var)\/.*Permission denied$/,
    ],
  },
  'no-root': {
    category: 'packaging',
    title: 'root asked for',
    cure: 'Drop sudo: a build is never root. Install below debian/PACKAGE, where owners become root by themselves; what needs root on a user’s system belongs in debian/postinst.',
    example: ['make[1]: sudo: No such file or directory'],
    patterns: [
      /^make(?:\[\d+\])?: (?<message>sudo: No such file or directory)$/,
      /^\S*sh: (?:line )?\d+: (?<message>sudo: (?:command )?not found)$/,
    ],
  },
  'change-owner': {
    category: 'packaging',
    title: 'owner changed without root',
    cure: 'Do not set owners while installing (drop -o and -g), or set Rules-Requires-Root: binary-targets in debian/control.',
    example: ["install: cannot change ownership of '/build/x-1.0/debian/x/usr/bin/prog': Operation not permitted"],
    patterns: [/^(?:install: cannot change ownership of|chown: changing ownership of|chgrp: changing group of) .*Operation not permitted$/],
  },
  shlibdeps: {
    category: 'packaging',
    title: 'library in no package',
    cure: 'Add the package of this library to Build-Depends; a library of the package itself needs -l in the call of dh_shlibdeps.',
    example: ['dpkg-shlibdeps: error: cannot find library libodd.so.1 needed by debian/shlibs/usr/bin/prog (ELF format: elf64-x86-64)'],
    patterns: [/^(?<message>dpkg-shlibdeps: error: .*)$/],
  },
  symbols: {
    category: 'packaging',
    title: 'symbols of the library changed',
    cure: 'Update debian/*.symbols with dpkg-gensymbols; symbols that went away mean a new name of the library.',
    example: ['dpkg-gensymbols: error: some new symbols appeared in the symbols file: see diff output below'],
    patterns: [/^(?<message>dpkg-gensymbols: error: .*)$/],
  },
  'control-syntax': {
    category: 'packaging',
    title: 'syntax error in a control file',
    cure: 'Correct the line; see Debian Policy, chapter 5.',
    example: ['dpkg-buildpackage: error: syntax error in debian/control at line 14: line with unknown format (not field-colon-value)'],
    patterns: [/^dpkg-\w+: error: (?:syntax error in|parsing) (?<file>debian\/\S+) (?:at|near) line (?<line>\d{1,9}): (?<message>.*)$/],
  },
  'no-packages': {
    category: 'packaging',
    title: 'no package for this architecture',
    cure: 'Build for an architecture that a field Architecture of debian/control names (any: for each of them), or add this one there.',
    example: ['dpkg-genbuildinfo: error: binary build with no binary artifacts found; .buildinfo is meaningless'],
    patterns: [/^dpkg-gen(?:buildinfo|changes): error: (?<message>binary build with no binary artifacts found).*$/],
  },
  'control-field': {
    category: 'packaging',
    title: 'field that dpkg does not take',
    cure: 'Correct the field in debian/control.',
    example: [
      "dpkg-deb: error: parsing file 'debian/x/DEBIAN/control' near line 7 package 'x':",
      " 'Recommends' field, reference to 'libc6'",
    ],
    patterns: [/^(?<message>dpkg-(?:deb|gencontrol|genchanges): error: .*)$/],
  },
  'upstream-changes': {
    category: 'packaging',
    title: 'upstream source changed',
    cure: 'Put the change into debian/patches (dpkg-source --commit), or clean what the build made.',
    example: ['dpkg-source: info: local changes detected, the modified files are:', ' x-1.0/main.c'],
  },
  patch: {
    category: 'packaging',
    title: 'patch does not apply',
    cure: 'Refresh the patch in debian/patches against this upstream version (quilt refresh).',
    example: [
      "dpkg-source: error: LC_ALL='C' patch -t -F 0 -N -p1 -u -V never -E -b -B .pc/fix.patch/ --reject-file=- < x-1.0/debian/patches/fix.patch subprocess returned exit status 1",
    ],
    patterns: [/^(?<message>dpkg-source: error: .*patch .*< \S*?(?<file>debian\/patches\/\S+) subprocess .*)$/],
  },
  'source-format': {
    category: 'packaging',
    title: 'source format and version disagree',
    cure: 'Put the upstream archive beside the tree, or write "3.0 (native)" into debian/source/format and use a version without revision.',
    example: ["dpkg-source: error: can't build with source format '3.0 (native)': native package version may not have a revision"],
    patterns: [/^(?<message>dpkg-source: error: can't build with source format .*)$/],
  },
  'source-package': {
    category: 'packaging',
    title: 'source package cannot be made',
    cure: 'Look at the file that is named; debian/source/options may need extend-diff-ignore or include-binaries.',
    example: ['dpkg-source: error: unwanted binary file: debian/logo.png'],
    patterns: [/^(?<message>dpkg-source: error: .*)$/],
  },
} as const satisfies Record<string, KnownFailure>;
