import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { findPackagingMessages, packagingPlace } from './packaging-message.ts';

const sample = (name: string) => readFileSync(new URL(`./fixtures/build/${name}.log`, import.meta.url), 'utf8').split('\n');

describe('findPackagingMessages on real logs', () => {
  test('what several tools repeat is said once', () => {
    expect(findPackagingMessages(sample('changelog-syntax'))).toEqual([
      { level: 'warning', message: expect.stringMatching(/debian\/changelog\(l5\): badly formatted heading line$/) },
      { level: 'warning', message: expect.stringMatching(/found end of file where expected more change data or trailer$/) },
      { level: 'warning', message: expect.stringMatching(/^dpkg-source: changelog-syntax-1\.0\/debian\/changelog\(l5\): badly/) },
      { level: 'warning', message: expect.stringMatching(/^dpkg-source: changelog-syntax-1\.0\/debian\/changelog\(l5\): found/) },
    ]);
  });

  test('errors and warnings keep their level', () => {
    expect(findPackagingMessages(sample('symbols')).map(({ level }) => level)).toEqual(['error', 'warning', 'error', 'error']);
    expect(findPackagingMessages(['x', 'dh_install', 'dh_x: note', '\u001b[1mdh_install: warning: x\u001b[m'])).toEqual([]);
  });
});

const files = [
  {
    path: 'debian/control',
    text: `Source: x\nBuild-Depends: dh-sequence-odd\n\n# \${nosuch:Depends}\nPackage: a\nDepends: \${shlibs:Depends}\n\nPackage: b\nArchitecture: any\nRecommends: \${nosuch:Depends},\n \${shlibs:Depends}\n`,
  },
  { path: 'debian/rules', text: '#!/usr/bin/make -f\n# nosuch\n%:\n\tdh $@ --with=nosuch,more --buildsystem=strange\n' },
  { path: 'debian/b.install', text: '#usr/bin/prog\nusr/lib\nusr/bin/prog usr/sbin\n' },
  { path: 'debian/a.manpages', text: 'man/prog.1\n' },
  { path: 'debian/docs', text: 'NEWS README\n' },
  { path: 'debian/libb1.symbols', text: '' },
  { path: 'debian/source/format', text: '3.0 (native)\n' },
] as const;

describe('packagingPlace', () => {
  test.each([
    ['dh_install: warning: Cannot find (any matches for) "usr/bin/prog" (tried in ., debian/tmp)', 'debian/b.install', 3],
    ['dh_install: Cannot find (any matches for) "usr/bin/prog" (tried in ., debian/tmp)', 'debian/b.install', 3],
    ['dh_install: warning: b missing files: usr/lib', 'debian/b.install', 2],
    ['dh_installman: error: Cannot find (any matches for) "man/prog.1" (tried in ., debian/tmp)', 'debian/a.manpages', 1],
    ['dh_installdocs: error: Cannot find (any matches for) "README" (tried in ., debian/tmp)', 'debian/docs', 1],
    [
      `dpkg-gencontrol: warning: Recommends field of package b: substitution variable \${shlibs:Depends} used, but is not defined`,
      'debian/control',
      11,
    ],
    [`dpkg-gencontrol: warning: package a: substitution variable \${nosuch:Depends} unused, but is defined`, 'debian/control', 10],
    ['dpkg-shlibdeps: error: cannot find library libodd.so.1 needed by debian/b/usr/bin/prog (ELF format)', 'debian/control', 8],
    ["dpkg-deb: error: parsing file 'debian/b/DEBIAN/control' near line 7 package 'b': 'Recommends' field, x", 'debian/control', 10],
    ['dpkg-gensymbols: error: some new symbols appeared in the symbols file', 'debian/libb1.symbols', undefined],
    ['dh_missing: warning: usr/bin/x exists in debian/tmp but is not installed to anywhere', 'debian/b.install', undefined],
    ["dh: error: unable to load addon nosuch: Can't locate", 'debian/rules', 4],
    ["dh: error: unable to load addon odd: Can't locate", 'debian/control', 2],
    ["dh_auto_clean: error: unable to load build system class 'strange'", 'debian/rules', 4],
    ["dpkg-source: error: can't build with source format '3.0 (native)': x", 'debian/source/format', 1],
    ['dpkg-source: error: unwanted binary file: debian/logo.png', 'debian/logo.png', undefined],
    ['dpkg-source: x-1.0/debian/changelog(l5): badly formatted heading line', 'debian/changelog', 5],
  ])('%s', (message, file, line) => {
    expect(packagingPlace(message, files)).toEqual(line === undefined ? { file } : { file, line });
  });

  test.each([
    'dh_install: warning: Cannot find (any matches for) "usr/share/x" (tried in .)',
    'dh_strip: warning: odd',
    'dpkg-shlibdeps: error: cannot find library x needed by debian/c/usr/bin/prog',
    '',
  ])('%j is about no line', (message) => {
    expect(packagingPlace(message, files)).toBeUndefined();
  });

  test('of several lists nobody knows which is meant', () => {
    const two = [...files, { path: 'debian/a.install', text: '' }];
    expect(packagingPlace('dh_missing: error: usr/x exists in debian/tmp but', two)).toBeUndefined();
  });
});
