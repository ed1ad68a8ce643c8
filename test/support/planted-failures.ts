/** Small packages, each of which fails to build in one way. Files by path; what is not named is as in `sound`. */
export type PlantedFailure = Readonly<Record<string, string>>;

const control = (source: string, paragraph: string) => `Source: planted
Section: misc
Priority: optional
Maintainer: Ada Builder <ada@example.org>
Build-Depends: debhelper-compat (= 13)${source}
Standards-Version: 4.6.2
Rules-Requires-Root: no

Package: planted
Architecture: any
${paragraph}Description: planted failure
 One of many.
`;

/** Builds. */
export const sound: PlantedFailure = {
  'debian/changelog':
    'planted (1.0) unstable; urgency=medium\n\n  * First.\n\n -- Ada Builder <ada@example.org>  Sat, 21 Nov 2026 10:00:00 +0000\n',
  'debian/control': control('', ''),
  'debian/rules': '#!/usr/bin/make -f\n%:\n\tdh $@\n',
  'debian/source/format': '3.0 (native)\n',
  'main.c': 'int main(void)\n{\n  return 0;\n}\n',
  Makefile:
    'prog: main.c\n\t$(CC) $(CFLAGS) -o $@ main.c\ninstall:\n\tinstall -D prog $(DESTDIR)/usr/bin/prog\ncheck:\n\t./prog\nclean:\n\trm -f prog\n',
};

const makefile = (part: string, change: string): PlantedFailure => ({ Makefile: sound['Makefile']?.replace(part, change) ?? '' });
const rules = (more: string): PlantedFailure => ({ 'debian/rules': `${sound['debian/rules']}${more}` });

export const plantedFailures: Readonly<Record<string, PlantedFailure>> = {
  compiler: { 'main.c': 'int main(void)\n{\n  return missing;\n}\n' },
  'missing-header': { 'main.c': '#include <nosuch/lib.h>\nint main(void) { return 0; }\n' },
  'warning-as-error': {
    'main.c': 'int main(void)\n{\n  int unused;\n  return 0;\n}\n',
    ...makefile('$(CFLAGS)', '$(CFLAGS) -Wall -Werror'),
  },
  'undefined-reference': { 'main.c': 'int missing(void);\nint main(void)\n{\n  return missing();\n}\n' },
  'missing-library': makefile('main.c\ninstall', 'main.c -lnosuch\ninstall'),
  'compiler-option': makefile('$(CFLAGS)', '$(CFLAGS) -fnosuch'),
  makefile: makefile('\t$(CC)', '$(CC)'),
  'make-target': makefile('prog: main.c', 'prog: main.c config.h'),
  'missing-program': makefile('$(CC) $(CFLAGS)', 'nosuchprogram'),
  'shell-syntax': { 'run.sh': 'if true; then\n  echo x\n', ...makefile('$(CC) $(CFLAGS) -o $@ main.c', 'sh run.sh') },
  'perl-module': { 'gen.pl': 'use strict;\nuse No::Such;\n', ...makefile('$(CC) $(CFLAGS) -o $@ main.c', 'perl gen.pl') },
  'missing-file': makefile('-D prog', '-D nosuch'),
  'change-owner': makefile('-D prog', '-o root -D prog'),
  crash: { 'main.c': 'int main(void) { volatile int *p = 0; return *p; }\n', ...makefile('main.c\ninstall', 'main.c\n\t./prog\ninstall') },
  'home-folder': rules('override_dh_auto_build:\n\tmkdir -p $(HOME)/.cache\n'),
  configure: { configure: '#!/bin/sh\necho tried > config.log\necho "configure: error: libnosuch is needed" >&2\nexit 1\n' },
  'configure-check': {
    'configure.ac': 'AC_INIT([planted],[1.0])\nAC_PROG_CC\nAC_CHECK_LIB([nosuch],[x],,[AC_MSG_ERROR([libnosuch is needed])])\nAC_OUTPUT\n',
  },
  'autoconf-macro': { 'configure.ac': 'AC_INIT([x],[1.0])\nAC_PROG_CC\nAC_NOSUCH_THING\nAC_OUTPUT\n' },
  tap: makefile('./prog', "@echo 'not ok 1 - adds'; exit 1"),
  assertion: {
    'main.c': '#include <assert.h>\nint main(void)\n{\n  assert(1 + 1 == 3);\n  return 0;\n}\n',
  },
  'dh-install': { 'debian/install': '# wanted\nusr/bin/other\n' },
  'dh-install-manpage': { 'debian/manpages': 'man/prog.1\n' },
  'dh-missing': {
    'debian/control': `${control('', '')}\nPackage: planted-more\nArchitecture: any\nDescription: second\n Second.\n`,
    'debian/planted.install': 'usr/share/doc\n',
    ...makefile('install -D prog', 'install -D main.c $(DESTDIR)/usr/share/doc/main.c; install -D prog'),
  },
  'dh-addon': { 'debian/rules': '#!/usr/bin/make -f\n%:\n\tdh $@ --with nosuch\n' },
  'dh-usrlocal': makefile('/usr/bin', '/usr/local/bin'),
  'control-field': { 'debian/control': control('', 'Recommends: libc6 (>= )\n') },
  'unmet-dependencies': { 'debian/control': control(',\n libnosuch-dev', '') },
};
