import { describe, expect, test } from '@jest/globals';
import type { ElfFile, PackageEntry } from '@release-kit/debian';
import { controlWith } from './control-fields.test-support.ts';
import { packageDifferences } from './equivalence.ts';
import { equivalenceSummary } from './equivalence-report.ts';
import type { PackageContent } from './package-content.ts';

const library: ElfFile = {
  bits: 64,
  endian: 'little',
  machine: 'AArch64',
  type: 'shared',
  interpreter: undefined,
  soname: 'libdemo.so.1',
  needed: ['libm.so.6', 'libc.so.6'],
  runpath: undefined,
  versions: ['libc.so.6 GLIBC_2.17'],
  defines: ['demo_a', 'demo_b@@DEMO_1'],
};

const entry = (path: string, changed: Partial<PackageEntry> = {}): PackageEntry => ({
  path,
  kind: 'file',
  mode: '-rw-r--r--',
  user: 0,
  group: 0,
  size: 10,
  target: undefined,
  ...changed,
});

interface Given {
  readonly fields?: Readonly<Record<string, string>>;
  readonly entries?: readonly PackageEntry[];
  readonly elf?: Readonly<Record<string, ElfFile>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

const one = '1'.repeat(64);
const two = '2'.repeat(64);

function content(given: Given = {}): PackageContent {
  const fields = { Package: 'libdemo1', Version: '1.0', Architecture: 'arm64', Depends: 'libc6 (>= 2.17), adduser', ...given.fields };
  const control = controlWith(fields);
  return {
    file: `${fields.Package}_1.0_arm64.deb`,
    control,
    dataMember: 'data.tar.xz',
    entries: given.entries ?? [entry(''), entry('usr/lib/libdemo.so.1')],
    elf: new Map(Object.entries(given.elf ?? {})),
    sums: { files: new Map(Object.entries(given.files ?? {})), control: new Map(Object.entries(given.scripts ?? {})) },
  };
}

const differences = (left: Given, right: Given) =>
  packageDifferences([content(left)], [content(right)]).map(({ aspect, what, left: l, right: r }) => [aspect, what, l, r]);

test('packages are equivalent whatever the code looks like, how large it is, and in which order relations stand', () => {
  const path = 'usr/lib/libdemo.so.1';
  const left: Given = { fields: { 'Installed-Size': '10' }, elf: { [path]: library }, files: { [path]: one, 'usr/lib/libdemo.a': one } };
  const right: Given = {
    fields: { 'Installed-Size': '12', Depends: 'adduser,  libc6 (>= 2.17)', 'Build-Ids': 'abc' },
    elf: { [path]: { ...library, needed: ['libc.so.6', 'libm.so.6'] } },
    files: { [path]: two, 'usr/lib/libdemo.a': two },
    entries: [entry(''), entry(path, { size: 12 })],
  };
  expect(differences(left, right)).toEqual([]);
  expect(packageDifferences([], [])).toEqual([]);
});

test('packages for every architecture count only where both builds were asked for them: a cross build never is', () => {
  const ofAll = (name: string) => content({ fields: { Package: name, Architecture: 'all' } });
  expect(packageDifferences([content()], [content(), ofAll('demo-doc')])).toEqual([]);
  expect(packageDifferences([content(), ofAll('demo-doc')], [content()])).toEqual([]);
  const differing = packageDifferences([content(), ofAll('demo-doc'), ofAll('demo-data')], [content(), ofAll('demo-doc')]);
  expect(differing.map(({ aspect, what }) => `${aspect} ${what}`)).toEqual(['package demo-data']);
});

describe('they are not when', () => {
  test.each<[string, Given, Given, unknown]>([
    [
      'a field differs',
      { fields: { Depends: 'libc6 (>= 2.34)' } },
      { fields: { Depends: 'libc6 (>= 2.17)' } },
      ['field', 'Depends', 'libc6 (>= 2.34)', 'libc6 (>= 2.17)'],
    ],
    ['a field is missing', { fields: { Provides: 'x' } }, {}, ['field', 'Provides', 'x', undefined]],
    ['a file is missing', { entries: [entry('a'), entry('b')] }, { entries: [entry('b')] }, ['file', '/a', 'file', undefined]],
    [
      'a file is a link',
      { entries: [entry('a')] },
      { entries: [entry('a', { kind: 'link', target: 'b' })] },
      ['file', '/a', 'file', 'link'],
    ],
    [
      'a mode differs',
      { entries: [entry('a')] },
      { entries: [entry('a', { mode: '-rwsr-xr-x' })] },
      ['mode', '/a', 'rw-r--r--', 'rwsr-xr-x'],
    ],
    ['an owner differs', { entries: [entry('a')] }, { entries: [entry('a', { group: 4 })] }, ['owner', '/a', '0:0', '0:4']],
    [
      'a link leads elsewhere',
      { entries: [entry('a', { kind: 'link', target: 'b' })] },
      { entries: [entry('a', { kind: 'link', target: 'c' })] },
      ['link', '/a', 'b', 'c'],
    ],
    ['a script differs', { scripts: { postinst: one } }, { scripts: { postinst: two } }, ['script', 'postinst', one, two]],
    ['a script is missing', { scripts: { postinst: one } }, {}, ['script', 'postinst', one, undefined]],
    [
      'the content of a text differs',
      { files: { 'etc/x': one } },
      { files: { 'etc/x': two } },
      ['content', '/etc/x', '111111111111…', '222222222222…'],
    ],
    [
      'a script stands where a program was',
      { elf: { 'usr/bin/x': library }, files: { 'usr/bin/x': one } },
      { files: { 'usr/bin/x': two } },
      ['content', '/usr/bin/x', 'an ELF file', '222222222222…'],
    ],
  ])('%s', (_, left, right, expected) => {
    expect(differences(left, right)).toEqual([expected]);
  });

  test.each<[string, Partial<ElfFile>, readonly unknown[]]>([
    ['a needed library', { needed: ['libc.so.6'] }, ['elf', '/l: needed libraries', 'libc.so.6 libm.so.6', 'libc.so.6']],
    ['the name', { soname: 'libdemo.so.2' }, ['elf', '/l: soname', 'libdemo.so.1', 'libdemo.so.2']],
    ['the interpreter', { interpreter: '/lib/ld.so' }, ['elf', '/l: interpreter', undefined, '/lib/ld.so']],
    ['the run path', { runpath: '/build/x' }, ['elf', '/l: runpath', undefined, '/build/x']],
    ['a version', { versions: ['libc.so.6 GLIBC_2.38'] }, ['elf', '/l: needed versions', 'libc.so.6 GLIBC_2.17', 'libc.so.6 GLIBC_2.38']],
    ['a symbol', { defines: ['demo_a'] }, ['elf', '/l: symbol demo_b@@DEMO_1', 'there', undefined]],
    ['the machine', { machine: 'ARM', bits: 32 }, ['elf', '/l: machine', 'AArch64, 64 bits, little endian', 'ARM, 32 bits, little endian']],
  ])('%s of a library differs', (_, changed, expected) => {
    expect(differences({ elf: { l: library }, files: { l: one } }, { elf: { l: { ...library, ...changed } }, files: { l: two } })).toEqual([
      expected,
    ]);
  });

  test('a package is missing', () => {
    const other = content({ fields: { Package: 'demo-tools' } });
    expect(packageDifferences([content(), other], [content()])).toEqual([
      { package: 'demo-tools', aspect: 'package', what: 'demo-tools', left: 'demo-tools_1.0_arm64.deb', right: undefined },
    ]);
  });
});

test('of debug symbols only fields are compared: their files are named after the code', () => {
  const debug = { fields: { 'Auto-Built-Package': 'debug-symbols' } };
  expect(differences({ ...debug, entries: [entry('usr/lib/debug/a')] }, { ...debug, entries: [entry('usr/lib/debug/b')] })).toEqual([]);
});

test('the summary says what was compared, and hostile names stay text', () => {
  const compared = { left: 'cross-compiled', right: 'built emulated', packages: 1 };
  expect(equivalenceSummary([], compared)).toMatch(/^### Equivalent\n\nYes \(1 package, cross-compiled and built emulated/);
  const [hostile] = packageDifferences([content({ entries: [entry('a|b`<img>')] })], [content({ entries: [] })]);
  const text = equivalenceSummary(hostile === undefined ? [] : Array.from({ length: 45 }, () => hostile), compared);
  expect(text).toMatch(/No, 45 things differ/);
  expect(text).toMatch(/\| … \| \| 5 more \|/);
  expect(
    text
      .split('\n')
      .filter((line) => line.startsWith('| `libdemo1`'))
      .every((line) => (line.match(/(?<!\\)\|/g) ?? []).length === 6),
  ).toBe(true);
});
