import { describe, expect, test } from '@jest/globals';
import type { ElfFile, PackageEntry } from '@release-kit/debian';
import { controlWith } from './control-fields.test-support.ts';
import { type GuardedBuild, guardFindings, newestGlibc, packagesIn } from './guard.ts';
import type { PackageContent } from './package-content.ts';

const program: ElfFile = {
  bits: 64,
  endian: 'little',
  machine: 'AArch64',
  type: 'executable',
  interpreter: '/lib/ld-linux-aarch64.so.1',
  soname: undefined,
  needed: ['libc.so.6'],
  runpath: undefined,
  versions: ['libc.so.6 GLIBC_2.17', 'libc.so.6 GLIBC_2.34'],
  defines: [],
};

const entry = (path: string, user = 0, group = 0): PackageEntry => ({
  path,
  kind: 'file',
  mode: '-rw-r--r--',
  user,
  group,
  size: 1,
  target: undefined,
});

interface Given extends Partial<Omit<PackageContent, 'elf' | 'control'>> {
  readonly fields?: Readonly<Record<string, string>>;
  readonly elf?: Readonly<Record<string, ElfFile>>;
}

function content({ fields = {}, elf = {}, ...rest }: Given = {}): PackageContent {
  const all = { Package: 'demo', Version: '1.0-1', Architecture: 'arm64', Depends: 'libc6 (>= 2.34)', ...fields };
  const control = controlWith(all);
  return {
    file: `${all.Package}_1.0-1_arm64.deb`,
    dataMember: 'data.tar.xz',
    entries: [entry('usr/bin/demo')],
    sums: { files: new Map(), control: new Map() },
    ...rest,
    control,
    elf: new Map(Object.entries(elf)),
  };
}

const build: GuardedBuild = {
  architecture: 'arm64',
  cross: true,
  version: '1.0-1',
  versionNamed: true,
  target: { name: 'debian:12', libc: '2.36', readsZstd: true },
};

const found = (contents: PackageContent | readonly PackageContent[], changed: Partial<GuardedBuild> = {}) =>
  guardFindings('file' in contents ? [contents] : contents, { ...build, ...changed }).map(
    ({ guard, level, message }) => `${guard} ${level}: ${message}`,
  );

test('a sound package has no findings', () => {
  expect(found(content({ elf: { 'usr/bin/demo': program } }))).toEqual([]);
  expect(found(content({ fields: { Architecture: 'all', Depends: '' } }))).toEqual([]);
});

describe('files of a user', () => {
  test('are refused from 1000 on, whoever builds', () => {
    const entries = [entry('a', 2000, 2000), entry('b', 0, 1000), entry('d', 1000), entry('e', 65_534)];
    expect(found(content({ entries }), { cross: false })).toEqual([
      'owner error: demo_1.0-1_arm64.deb: /a, /b, /d and 1 more would belong to user 2000, group 2000 of the build machine',
    ]);
  });

  test('whose number each system gives to another are worth a warning', () => {
    expect(found(content({ entries: [entry('c', 0, 105)] }))).toEqual([
      'owner warning: demo_1.0-1_arm64.deb: /c would belong to user 0, group 105 (each system gives such a number to a user of its own)',
    ]);
  });

  test('whose number is the same everywhere are let be', () => {
    expect(found(content({ entries: [entry('a', 0, 99), entry('b', 64_010, 60_000)] }))).toEqual([]);
  });
});

describe('dependencies', () => {
  const elf = { 'usr/bin/demo': program };
  test.each([
    ['', true, ['depends error: demo_1.0-1_arm64.deb has an empty Depends, but /usr/bin/demo needs libc.so.6']],
    ['', false, ['depends warning: demo_1.0-1_arm64.deb has an empty Depends, but /usr/bin/demo needs libc.so.6']],
    ['adduser', true, ['depends error: demo_1.0-1_arm64.deb does not depend on the C library, but /usr/bin/demo needs libc.so.6']],
    ['libc6', true, []],
    ['libc6-udeb (>= 2.36)', true, []],
    ['adduser, foo | libc6.1 (>= 2.4)', true, []],
    ['libc60', true, ['depends error: demo_1.0-1_arm64.deb does not depend on the C library, but /usr/bin/demo needs libc.so.6']],
  ] as const)('%j of a cross build (%j): %j', (Depends, cross, expected) => {
    expect(found(content({ fields: { Depends }, elf }), { cross })).toEqual(expected);
  });

  test('before the installation count as well, and so may a package of the same source', () => {
    expect(found(content({ fields: { Depends: '', 'Pre-Depends': 'libc6 (>= 2.34)' }, elf }))).toEqual([]);
    const library = content({ fields: { Package: 'libdemo1' } });
    expect(found([content({ fields: { Depends: 'libdemo1 (= 1.0-1)' }, elf }), library])).toEqual([
      expect.stringMatching(/^depends warning/),
    ]);
  });

  test('are not asked of a program without libraries, of object files, and of debug symbols', () => {
    const alone = { ...program, needed: [], versions: [] };
    expect(
      found(content({ fields: { Depends: '' }, elf: { 'usr/bin/demo': alone, 'usr/lib/x.o': { ...program, type: 'relocatable' } } })),
    ).toEqual([]);
    expect(found(content({ fields: { Depends: '', 'Auto-Built-Package': 'debug-symbols' }, elf }))).toEqual([]);
  });

  test('are read by name', () => {
    expect(packagesIn(`libc6 (>= 2.34), a:any | b [amd64] <!nocheck>,\n c++ ,, $\{shlibs:Depends}`)).toEqual(['libc6', 'a', 'b', 'c++']);
  });
});

describe('symbol versions', () => {
  test.each([
    ['2.36', []],
    ['2.34', []],
    ['2.31', ['libc error: demo_1.0-1_arm64.deb: /usr/bin/demo needs GLIBC_2.34, but debian:12 has glibc 2.31']],
    ['2.4', ['libc error: demo_1.0-1_arm64.deb: /usr/bin/demo needs GLIBC_2.34, but debian:12 has glibc 2.4']],
    [undefined, []],
  ] as const)('on glibc %s: %j', (libc, expected) => {
    expect(found(content({ elf: { 'usr/bin/demo': program } }), { target: { ...build.target, libc } })).toEqual(expected);
  });

  test('are ordered as numbers', () => {
    expect(
      newestGlibc(['libc.so.6 GLIBC_2.4', 'libc.so.6 GLIBC_2.17', 'libc.so.6 GLIBC_2.3.4', 'libc.so.6 GLIBC_PRIVATE', 'x GLIBCXX_3.4.30']),
    ).toBe('2.17');
    expect(newestGlibc(['x FOO_1'])).toBeUndefined();
  });
});

describe('programs of another machine', () => {
  const amd64 = { ...program, machine: 'Advanced Micro Devices X86-64' };
  test('are an error of a cross build; otherwise they may be meant', () => {
    const mixed = content({ elf: { 'usr/bin/demo': program, 'usr/bin/tool': amd64 } });
    const message = 'demo_1.0-1_arm64.deb is of arm64, but /usr/bin/tool was built for Advanced Micro Devices X86-64 (64 bits)';
    expect(found(mixed)).toEqual([`machine error: ${message}`]);
    expect(found(mixed, { cross: false })).toEqual([`machine warning: ${message}`]);
  });

  test('are let be as object files, without libraries, in packages for all and of architectures we have no table of', () => {
    const firmware = { ...amd64, needed: [] };
    expect(found(content({ elf: { 'usr/lib/fw': firmware, 'usr/lib/x.o': { ...amd64, type: 'relocatable' } } }))).toEqual([]);
    expect(found(content({ fields: { Architecture: 'all' }, elf: { 'usr/bin/demo': amd64 } }))).toEqual([]);
    expect(found(content({ fields: { Architecture: 'constructor' }, elf: { 'usr/bin/demo': amd64 } }))).toEqual([]);
  });
});

describe('the compressor', () => {
  test('is refused where dpkg cannot read it', () => {
    const old = { name: 'debian:11', libc: '2.31', readsZstd: false };
    expect(found(content({ dataMember: 'data.tar.zst' }), { target: old })).toEqual([
      'compressor error: demo_1.0-1_arm64.deb is compressed with Zstandard, which dpkg of debian:11 cannot read',
    ]);
    expect(found(content({ dataMember: 'data.tar.zst' }))).toEqual([]);
    expect(found(content(), { target: old })).toEqual([]);
  });
});

describe('the version', () => {
  test('must be the one that the tag names; without a tag a package may have its own', () => {
    const other = content({ fields: { Version: '9.9' } });
    expect(found(other)).toEqual(['version error: demo has version 9.9, but 1.0-1 was to be built: debian/rules sets another one']);
    expect(found(other, { versionNamed: false })).toEqual([]);
  });
});
