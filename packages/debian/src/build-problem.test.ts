import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findBuildProblem } from './build-problem.ts';
import { findCompilerMessages } from './compiler-message.ts';

const inStep = (step: string, ...lines: readonly string[]) => [
  `   ${step}`,
  ...lines,
  `${step}: error: make -j2 returned exit code 2`,
  'make: *** [debian/rules:3: binary] Error 25',
];

describe('findBuildProblem', () => {
  test('knows nothing of a log without errors', () => {
    expect(findBuildProblem([])).toBeUndefined();
    expect(findBuildProblem(['cc -c a.c', 'a.c:1:2: warning: unused', ' dh_auto_build'])).toBeUndefined();
  });

  test.each([
    ['not ok 3 - adds'],
    ['test adds ... FAILED'],
    ['FAILED tests/test_x.py::test_y - assert 1 == 2'],
    [' 3/12 Test  #3: adds ...........***Failed    0.01 sec'],
    [' 3/12 suite:adds        FAIL            0.05s   exit status 1'],
    ['[  FAILED  ] Sum.Adds (0 ms)'],
    ["#   Failed test 'adds'"],
  ])('takes %j for a failed test', (line) => {
    expect(findBuildProblem(inStep('dh_auto_test', 'ok 1', line))).toMatchObject({ category: 'test', message: line.trim() });
  });

  test('finds failed tests without debhelper, when there is no other cause', () => {
    expect(findBuildProblem(['FAIL: sum', 'make: *** [Makefile:3: check] Error 1'])).toMatchObject({
      category: 'test',
      message: 'FAIL: sum',
    });
  });

  test('a known failure is none', () => {
    expect(findBuildProblem(inStep('dh_auto_test', 'not ok 1 # TODO later', 'not ok 2 - sum'))?.message).toBe('not ok 2 - sum');
  });

  test('tests that fail count before what they print, but a compiler that fails on them is a compiler error', () => {
    expect(findBuildProblem(inStep('dh_auto_test', 'in.c:1:1: error: expected by the test', 'FAIL: other'))?.category).toBe('test');
    expect(findBuildProblem(inStep('dh_auto_test', 't.c:1:1: error: oops'))).toMatchObject({ category: 'compile', file: 't.c' });
    expect(findBuildProblem(inStep('dh_auto_test', 'Bail out!'))).toMatchObject({
      category: 'test',
      message: "the package's own tests failed",
    });
    expect(findBuildProblem(inStep('dh_auto_test', 'x: No space left on device', 'FAIL: y'))?.category).toBe('disk');
  });

  test.each([
    ["install: cannot create regular file '/usr/local/bin/x': Permission denied", 'install-outside'],
    ['mkdir: cannot create directory ‘/opt/x’: Permission denied', 'install-outside'],
    ["error: could not create '/usr/local/lib/python3.11/dist-packages': Permission denied", 'install-outside'],
    ["cp: cannot create directory '/build/x-1.0/debian/x': Permission denied", 'tool-failed'],
    ['mkdir: cannot create directory ‘/nonexistent/.config’: Permission denied', 'home-folder'],
    ['/bin/sh: 1: sudo: not found', 'no-root'],
    ['/bin/sh: 1: sudoku: not found', 'missing-program'],
    ["cannot connect: IO::Socket::INET: Bad hostname 'example.org:80'", 'network'],
  ])('%s is %s', (line, failure) => {
    expect(findBuildProblem([line, 'dpkg-buildpackage: error: debian/rules binary subprocess returned exit status 2'])?.failure).toBe(
      failure,
    );
  });

  test('the first cause of the failed step counts, and of earlier steps only when it says nothing', () => {
    const log = [
      '   dh_auto_configure',
      'conftest.c:1:1: error: probe',
      '   dh_auto_build',
      'a.c:7:1: error: first',
      'curl: (6) Could not resolve host: x',
      'make[1]: *** [Makefile:1: a] Error 1',
    ];
    expect(findBuildProblem(log)?.message).toBe('first');
    expect(
      findBuildProblem(['   dh_auto_build', 'a.c:7:1: error: only', '   dh_install', 'boom', 'make: *** [debian/rules:3: binary] Error 2'])
        ?.message,
    ).toBe('only');
  });

  test.each([
    ['/usr/bin/ld: cannot find -lfoo: No such file or directory', 'compile'],
    ["x.c:(.text+0x5): undefined reference to `f'", 'compile'],
    ['cc1: error: unrecognized command-line option', 'compile'],
    ['error: linking with `cc` failed: exit status: 1', 'compile'],
    ['/bin/sh: 1: foo: not found', 'configure'],
    ['bash: line 3: foo: command not found', 'configure'],
    ['/usr/bin/x: Exec format error', 'configure'],
    ["E: Package 'x' has no installation candidate", 'depends'],
    ['E: Build-Depends dependency for x cannot be satisfied because the package y cannot be found', 'depends'],
    ['dpkg-checkbuilddeps: error: Unmet build conflicts: z', 'depends'],
    ['fatal: unable to access: Could not resolve host: x', 'network'],
    ['wget: unable to resolve host address', 'network'],
    ['npm ERR! getaddrinfo EAI_AGAIN registry', 'network'],
    ['cp: error writing: Disk quota exceeded', 'disk'],
    ['dh_missing: error: something odd', 'other'],
    ['dh_missing: warning: usr/bin/x exists in debian/tmp but is not installed to anywhere', 'packaging'],
    ['ninja: build stopped: subcommand failed.', 'other'],
    ['dpkg-buildpackage: error: debian/rules build subprocess returned exit status 2', 'other'],
  ])('%j is %s', (line, category) => {
    expect(findBuildProblem(['noise', line])).toMatchObject({ category });
  });

  test.each([
    'error: could not compile `x` due to previous error',
    'error: aborting due to 2 previous errors',
    "configure: error: in `/build/x':",
    'checking for x: not found',
    'make: [Makefile:3: x] Error 1 (ignored)',
  ])('%j alone is no cause', (line) => {
    expect(findBuildProblem(['noise', line])).toBeUndefined();
  });

  test('reads through colours', () => {
    expect(findBuildProblem(['\u001b[01m\u001b[Ka.c:1:2:\u001b[m\u001b[K \u001b[01;31m\u001b[Kerror: \u001b[m\u001b[Kx'])).toMatchObject({
      category: 'compile',
      file: 'a.c',
      line: 1,
      column: 2,
      message: 'x',
    });
  });

  test('joins all unmet dependencies, and copes with an empty list', () => {
    const heading = 'The following packages have unmet dependencies:';
    expect(
      findBuildProblem([
        heading,
        ' builddeps:x : Depends: a but it is not installable',
        '                Depends: b (>= 2) but 1 is to be installed',
        'E: broken',
      ])?.message,
    ).toBe('unmet dependencies: builddeps:x : Depends: a but it is not installable; Depends: b (>= 2) but 1 is to be installed');
    expect(findBuildProblem([heading])).toMatchObject({ category: 'depends', message: 'packages have unmet dependencies' });
  });

  test('an unfinished traceback is no cause', () => {
    expect(findBuildProblem(['Traceback (most recent call last):', '  File "a.py", line 3', 'unindented'])).toBeUndefined();
    expect(findBuildProblem(['Traceback (most recent call last):'])).toBeUndefined();
    expect(findBuildProblem(['CMake Error at x/CMakeLists.txt:3 (message):'])).toMatchObject({
      category: 'configure',
      file: 'x/CMakeLists.txt',
      line: 3,
      message: 'CMake stopped',
    });
  });

  test('takes any lines, huge ones too, in linear time', () => {
    const piece = fc.constantFrom(
      'a.c:1:2: error: x',
      'error: x',
      ' --> a.rs:1:2',
      'Traceback (most recent call last):',
      '  File "a", line 1',
      'ValueError',
      '   dh_auto_test',
      ':',
      'make: *** [',
      '\u001b[',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (lines) => {
        findBuildProblem(lines);
        findCompilerMessages(lines);
      }),
    );
    const started = performance.now();
    for (const filler of ['a', ':', ' ', '(', '[', '/', '\u001b[', '1']) findBuildProblem([filler.repeat(1_000_000)]);
    findBuildProblem(Array.from({ length: 50_000 }, () => 'cc -c something.c -o something.o -DX=1 -Wall'));
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

describe('findCompilerMessages', () => {
  test('gives errors and warnings in order, each once', () => {
    expect(
      findCompilerMessages([
        './././a.c:1:2: warning: w',
        'b.c:3: error: e',
        'a.c:1:2: warning: w',
        'a.c:1:2: note: n',
        'warning: unused import',
        ' --> src/l.rs:4:5',
        'vet: ./m.go:1:2: oops',
        "/x/y.c:9: multiple definition of `f'",
      ]),
    ).toEqual([
      { level: 'warning', file: 'a.c', line: 1, column: 2, message: 'w' },
      { level: 'error', file: 'b.c', line: 3, message: 'e' },
      { level: 'warning', file: 'src/l.rs', line: 4, column: 5, message: 'unused import' },
      { level: 'error', file: 'm.go', line: 1, column: 2, message: 'oops' },
      { level: 'error', file: '/x/y.c', line: 9, message: "multiple definition of `f'" },
    ]);
  });

  test('finds all of a real log', () => {
    expect(
      findCompilerMessages(readFileSync(new URL('./fixtures/build/gcc-error.log', import.meta.url), 'utf8').split('\n')).map(
        ({ level, line, column }) => [level, line, column],
      ),
    ).toEqual([
      ['error', 4, 16],
      ['error', 5, 11],
    ]);
  });
});
