import { describe, expect, test } from '@jest/globals';
import { buildDependencies } from './build-depends.ts';
import { buildSystemOf, type SourceTraits } from './build-system.ts';

const dh = '#!/usr/bin/make -f\n%:\n\tdh $@\n';
const of = (given: Partial<SourceTraits>) => buildSystemOf({ buildDepends: 'debhelper-compat (= 13)', rules: dh, files: [], ...given });

describe('build dependencies', () => {
  test('are read by name and qualifier, each alternative for itself', () => {
    expect(buildDependencies('aa, bb:any (>= 1) | cc:native [linux-any],\n# no\n dd:amd64')).toEqual([
      { name: 'aa', qualifier: '' },
      { name: 'bb', qualifier: 'any' },
      { name: 'cc', qualifier: 'native' },
      { name: 'dd', qualifier: 'amd64' },
    ]);
  });

  test('that the profiles leave out are left out', () => {
    const field = 'aa, bb <!nocheck>, cc <cross>, dd <!cross> <stage1>, ee <!nocheck !nodoc>';
    expect(buildDependencies(field, ['cross', 'nocheck']).map(({ name }) => name)).toEqual(['aa', 'cc']);
  });

  test('that cannot be read are left to apt', () => {
    expect(buildDependencies('Aa, @x@, --option, \u0000, b\u001b[2J')).toEqual([]);
  });
});

describe('what crosses', () => {
  test.each<readonly [string, boolean, Partial<SourceTraits>]>([
    ['autotools', true, { files: ['configure.ac', 'Makefile.am'] }],
    ['autotools', false, { files: ['configure'], rules: 'build:\n\t./configure\n\tmake\n' }],
    ['autotools', true, { files: ['configure'], rules: 'build:\n\t./configure --host=$(DEB_HOST_GNU_TYPE)\n' }],
    ['make', true, { files: ['Makefile'] }],
    ['make', true, { files: ['Makefile'], rules: 'include /usr/share/dpkg/buildtools.mk\nbuild:\n\tmake CC=$(CC)\n' }],
    ['make', false, { files: ['Makefile'], rules: '# dh $@\nbuild:\n\tmake\n' }],
    ['CMake', true, { files: ['CMakeLists.txt'], buildDepends: 'debhelper, cmake' }],
    ['CMake', true, { files: ['CMakeLists.txt', 'configure'], buildDepends: 'cmake', rules: '%:\n\tdh $@ --buildsystem=cmake\n' }],
    ['autotools', true, { files: ['CMakeLists.txt', 'configure'], buildDepends: 'cmake', rules: '%:\n\tdh $@ --buildsystem=autoconf\n' }],
    ['Meson', true, { files: ['meson.build'], buildDepends: 'meson' }],
    ['Go', false, { buildDepends: 'dh-golang, golang-any' }],
    ['Go', true, { buildDepends: 'dh-golang, golang-any:native' }],
    ['Go', false, { buildDepends: 'dh-sequence-golang, golang-1.19' }],
    ['Rust', true, { buildDepends: 'dh-cargo (>= 25), cargo:native <!nocheck>', files: ['Cargo.toml'] }],
    ['Rust', true, { buildDepends: 'cargo:native, libstd-rust-dev' }],
    ['Rust', false, { buildDepends: 'cargo, rustc' }],
    ['Perl', true, { buildDepends: 'perl-xs-dev, perl:native', files: ['Makefile.PL'] }],
    ['Perl', false, { buildDepends: 'perl', files: ['Makefile.PL'] }],
    ['Python', false, { buildDepends: 'dh-python, python3-all-dev', files: ['setup.py'] }],
    ['Python', true, { buildDepends: 'dh-sequence-python3, python3-all-dev:any, libpython3-all-dev', files: ['setup.py'] }],
    ['OCaml', false, { buildDepends: 'ocaml, dh-ocaml' }],
    ['Haskell', false, { buildDepends: 'haskell-devscripts (>= 0.13), ghc-prof' }],
    ['GObject introspection', false, { buildDepends: 'gobject-introspection, meson', files: ['meson.build'] }],
    ['Meson', true, { buildDepends: 'gobject-introspection <!cross>, meson', files: ['meson.build'] }],
    ['Waf', false, { files: ['wscript', 'Makefile'] }],
    ['no build system', false, { rules: 'build:\n\tgcc x.c\n' }],
    ['no build system', true, { rules: 'include /usr/share/dpkg/buildtools.mk\nbuild:\n\t$(CC) x.c\n' }],
  ])('%s: %s with %j', (name, crosses, traits) => {
    expect(of(traits)).toEqual({ name, crosses, reason: expect.stringMatching(/^.{10,}[^.]$/) });
  });
});
