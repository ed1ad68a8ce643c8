import { describe, expect, test } from '@jest/globals';
import { bumpFile } from './bump-file.ts';
import type { FileKind } from './file-kind.ts';

const bump = (kind: FileKind, text: string, options = {}) => bumpFile(kind, text, { file: kind, to: '1.3.0', ...options });

/** The text with `«` and `»` taken away, and where they stood the new version. */
const marked = (text: string, to = '1.3.0') => ({ before: text.replace(/[«»]/g, ''), after: text.replace(/«[^»]*»/g, to) });

const whole: readonly (readonly [string, FileKind, string])[] = [
  [
    'Meson: comments, strings of several lines and other versions are passed over',
    'meson.build',
    `# project('x', version: '9.9.9')
project(
  'tool', 'c', # version: '0.0.0',
  default_options: ['c_std=c11', 'version: \\'1.2.0\\''],
  meson_version : '>= 1.2.0',
  license: '''version: '1.2.0'
''',
  version : '«1.2.0»',
)
dep = dependency('x', version: '1.2.0')
`,
  ],
  [
    'CMake: comments in brackets, quotes and other commands are passed over',
    'CMakeLists.txt',
    `# project(x VERSION 9.9.9)
#[==[ project(x VERSION 8.8.8) ]] ]==]
cmake_minimum_required(VERSION 3.16...3.28)
set(text [[ project(y VERSION 7.7.7) ]] "project(z VERSION \\"6.6.6\\")")
Project(tool
  DESCRIPTION "VERSION 1.2.0" # VERSION 1.2.0
  VERSION «1.2.0» LANGUAGES C)
find_package(Foo VERSION 1.2.0)
`,
  ],
  ['CMake: a quoted version', 'CMakeLists.txt', 'project(tool VERSION "«1.2.0»")'],
  ['CMake: 1.2 is 1.2.0', 'CMakeLists.txt', 'project(tool VERSION «1.2» LANGUAGES CXX)\r\n'],
  [
    'CMake: a variable is followed to its one set()',
    'CMakeLists.txt',
    `set(TOOL_VERSION "«1.2.0»" CACHE STRING "1.2.0")\nproject(tool VERSION \${TOOL_VERSION})\n`,
  ],
  [
    'Autoconf: comments and quotes',
    'configure.ac',
    `dnl AC_INIT([x], [9.9.9])
# AC_INIT([x],[8.8.8]) [
AC_PREREQ([2.69])
AC_INIT([tool (a, b)], dnl the name
        [«1.2.0»],
        [bugs@example.org], [tool-1.2.0])
AM_INIT_AUTOMAKE([1.2.0 foreign])
`,
  ],
  ['Autoconf: without quotes', 'configure.ac', 'AC_INIT(tool, «1.2.0», bugs@example.org)\n'],
  ['Autoconf: quotes in quotes', 'configure.ac', 'AC_INIT([tool], [[«1.2.0»]])'],
  ['Autoconf: a macro', 'configure.ac', 'm4_define([tool_version], [«1.2.0»])\nAC_INIT([tool],[tool_version])\n'],
  ['Autoconf: a macro that is called', 'configure.ac', 'm4_define([V],[«1.2.0»])\nm4_define([W],V())\nAC_INIT([tool],[V()])\n'],
  ['Autoconf: other quotation after it', 'configure.ac', 'AC_INIT([tool], [«1.2.0»])\nchangequote(<<, >>)\necho [\n'],
  [
    'snaps: in double quotes',
    'snapcraft.yaml',
    `# version: '1.2.0'
name: tool
description: |
  version: '1.2.0'
version:   "«1.2.0»"   # comment
parts:
  tool:
    version: '1.2.0'
    source-tag: v1.2.0
`,
  ],
  ['snaps: in single quotes', 'snapcraft.yaml', "name: tool\r\nversion: '«1.2.0»'\r\n"],
  ['snaps: without quotes', 'snapcraft.yaml', '---\nversion: «1.2.0»\nname: tool\n'],
  ['snaps: with an anchor', 'snapcraft.yaml', 'version: &v "«1.2.0»"\nx: *v\n'],
  ['a plain file', 'version file', '«1.2.0»\n'],
  ['a plain file with v and CR LF', 'version file', 'v«1.2.0»\r\n'],
  ['a plain file without line end and with a mark of byte order', 'version file', '\ufeff«1.2.0»'],
];

describe('exactly the version changes', () => {
  test.each(whole)('%s', async (_, kind, text) => {
    const { before, after } = marked(text);
    const result = await bump(kind, before, { from: '1.2.0' });
    expect(result.text).toBe(after);
    expect(result.places).toHaveLength(1);
    expect(result.remarks).toEqual([]);
    expect((await bump(kind, after, { from: '1.2.0' })).places).toEqual([]);
    await expect(bump(kind, before, { from: '1.1.0' })).rejects.toThrowWithCode('E_BUMP', /but 1.1.0 is expected/);
  });
});

describe('where the version comes from elsewhere, this is told and nothing changes', () => {
  test.each<[FileKind, string, RegExp]>([
    ['meson.build', "project('x', version: files('VERSION'))", /file 'VERSION' holds/],
    ['meson.build', "project('x', version: run_command('git', 'describe').stdout())", /command/],
    ['configure.ac', 'AC_INIT([x], [m4_esyscmd_s([git describe])])', /command or file/],
    ['configure.ac', 'AC_INIT([x], m4_esyscmd([cat VERSION]))', /command or file/],
    ['configure.ac', 'm4_define([v], m4_include([VERSION]))\nAC_INIT([x], [v])', /the macro v .*command or file/],
    ['snapcraft.yaml', 'name: x\nadopt-info: main\n', /the part main sets/],
    ['snapcraft.yaml', 'name: x\nversion: git\n', /from tags/],
  ])('%s: %j', async (kind, text, remark) => {
    const result = await bump(kind, text, { from: '1.2.0' });
    expect(result).toEqual({ text, places: [], remarks: [expect.stringMatching(remark)] });
  });
});

describe('what cannot be changed is refused, with its line', () => {
  test.each<[FileKind, string, number, RegExp]>([
    ['meson.build', "project('x', 'c')\n", 1, /no version/],
    ['meson.build', '# empty', 1, /no version/],
    ['meson.build', "\nproject('x', version: '1.2' + '.0')", 2, /no plain string/],
    ['meson.build', "\nproject('x', version: f'1.2.0')", 2, /no plain string/],
    ['meson.build', "\nproject('x', version: '''1.2.0''')", 2, /no plain string/],
    ['meson.build', "project('x', version: '1.2.0')\nproject('y')", 2, /twice/],
    ['meson.build', "project('x',\nversion: '1.2\n.0')", 2, /not closed/],
    ['meson.build', "project('x',\nlicense: '''", 2, /not closed/],
    ['meson.build', "project('x',\nversion: '@VERSION@')", 2, /no version that can be changed: "@VERSION@"/],
    ['CMakeLists.txt', 'project(x C)', 1, /no version/],
    ['CMakeLists.txt', 'project(x VERSION 1.2.0)\nproject(y VERSION 1.2.0)', 2, /second project/],
    ['CMakeLists.txt', `\nproject(x VERSION \${A}.\${B})`, 2, /no version that can be changed/],
    ['CMakeLists.txt', `\nproject(x VERSION \${A})`, 2, /variable A, which is not set/],
    ['CMakeLists.txt', `set(A 1)\nset(A 2)\nproject(x VERSION \${A})`, 3, /variable A, which is not set/],
    ['CMakeLists.txt', '\nproject(x VERSION 1.2.0', 2, /parenthesis is not closed/],
    ['CMakeLists.txt', '\n#[[ project(x VERSION 1.2.0)', 2, /bracket is not closed/],
    ['CMakeLists.txt', '\nset(x "y)', 2, /string is not closed/],
    ['configure.ac', '# nothing', 1, /no version/],
    ['configure.ac', '\nAC_INIT(src/main.c)', 2, /no second argument/],
    ['configure.ac', '\nAC_INIT([x], [1.2.0]', 2, /AC_INIT is not closed/],
    ['configure.ac', '\nAC_INIT([x], [1.2.0)', 2, /quotation is not closed/],
    ['configure.ac', 'AC_INIT([x],[1.2.0])\nAC_INIT([x],[1.2.0])', 2, /second AC_INIT/],
    ['configure.ac', '\nAC_INIT([x], [tool_version])', 2, /macro tool_version, which is not defined/],
    ['configure.ac', '\nAC_INIT([x], [tool_major.tool_minor])', 2, /no version that can be changed/],
    ['configure.ac', '\nAC_INIT([x], [a.b.c])', 2, /macro a, which is not defined/],
    ['snapcraft.yaml', 'name: x\n', 1, /no version/],
    ['snapcraft.yaml', 'name: x\nversion: |\n  1.2.0\n', 2, /no plain or quoted text/],
    ['snapcraft.yaml', 'x: &v 1.2.0\nversion: *v\n', 2, /no plain or quoted text/],
    ['snapcraft.yaml', 'version: 1.2.0\nname: x\nversion: 1.1.0\n', 3, /another version/],
    ['snapcraft.yaml', 'name: x\nversion: "1.2.0\n', 3, /YAML/],
    ['snapcraft.yaml', '- 1.2.0\n', 1, /no YAML mapping/],
    ['version file', '\n\n', 1, /no version/],
    ['version file', '\n1.2.0\n1.3.0\n', 2, /nothing but a version/],
    ['version file', '\nVERSION=1.2.0\n', 2, /no version that can be changed/],
  ])('%s: %j', async (kind, text, line, problem) => {
    await expect(bump(kind, text)).rejects.toThrowWithCode('E_BUMP', problem);
    await expect(bump(kind, text)).rejects.toMatchObject({ place: { line } });
  });
});

describe('a version in three numbers', () => {
  const cmake = `set(A 1)\nset(B "2") # 2\nset(C 0 CACHE STRING "0")\nproject(x VERSION \${A}.\${B}.\${C})\n`;
  const autoconf = `m4_define([a],[1])\nm4_define([b], [2])\nm4_define([c],0)\nm4_define([v],[a.b.c])\nAC_INIT([x],[v])\n`;

  test.each<[FileKind, string]>([
    ['CMakeLists.txt', cmake],
    ['configure.ac', autoconf],
    ['configure.ac', autoconf.replace('[v])\n', '[a.b.c])\n')],
  ])('%s: each changes where it stands', async (kind, text) => {
    const result = await bump(kind, text, { from: '1.2.0', to: '2.4.1' });
    expect(result.places.map(({ line, from, to }) => [line, from, to])).toEqual([
      [1, '1', '2'],
      [2, '2', '4'],
      [3, '0', '1'],
    ]);
    expect((await bump(kind, result.text, { from: '1.2.0', to: '2.4.1' })).places).toEqual([]);
    await expect(bump(kind, text, { from: '1.2.1' })).rejects.toThrowWithCode('E_BUMP', /three numbers is "1.2.0", but 1.2.1 is expected/);
  });

  test('a candidate is refused, but by CMake, which has the numbers only', async () => {
    await expect(bump('configure.ac', autoconf, { to: '2.0.0-rc.1' })).rejects.toThrowWithCode('E_BUMP', /cannot hold 2.0.0-rc.1/);
    expect((await bump('CMakeLists.txt', cmake, { to: '2.0.0-rc.1' })).remarks).toHaveLength(1);
  });

  test.each<[FileKind, string]>([
    ['CMakeLists.txt', cmake.replace('set(C 0', 'set(C rc1')],
    ['CMakeLists.txt', cmake.replace('set(A 1)', '')],
    ['CMakeLists.txt', cmake.replace('{C}', '{B}')],
    ['configure.ac', autoconf.replace('m4_define([b], [2])', '')],
    ['configure.ac', autoconf.replace('a.b.c', 'a.b.b')],
  ])('%s: refused where one is no number, missing, or used twice: %j', async (kind, text) => {
    await expect(bump(kind, text)).rejects.toThrowWithCode('E_BUMP');
  });
});

test('CMake has the numbers of a pre-release, and that is told', async () => {
  const { text, remarks } = await bump('CMakeLists.txt', 'project(x VERSION 1.2.0)', { from: '1.2.0', to: '1.3.0-rc.1' });
  expect(text).toBe('project(x VERSION 1.3.0)');
  expect(remarks).toEqual(["CMake's versions are numbers: 1.3.0 stands for 1.3.0-rc.1"]);
  expect((await bump('CMakeLists.txt', text, { from: '1.3.0-rc.1', to: '1.3.0' })).places).toEqual([]);
});

test('a version that is too long for a snap is refused', async () => {
  const to = `1.3.0-nightly.${'1'.repeat(20)}`;
  await expect(bump('snapcraft.yaml', 'version: 1.2.0\n', { to })).rejects.toThrowWithCode('E_BUMP', /at most 32 characters/);
});
