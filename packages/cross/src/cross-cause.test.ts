import { describe, expect, test } from '@jest/globals';
import { crossCauseOf, unsatisfiableCause } from './cross-cause.ts';

describe('what is typical of cross builds', () => {
  test.each([
    ['foreign-program', './gen-tables: 1: ./gen-tables: Exec format error'],
    ['foreign-program', '/bin/sh: 1: ./mkhash: cannot execute binary file: Exec format error'],
    ['foreign-program', "qemu-aarch64-static: Could not open '/lib/ld-linux-aarch64.so.1': No such file or directory"],
    ['foreign-program', "help2man: can't get `--help' info from ./src/hello"],
    ['run-time-guess', 'configure: error: cannot run test program while cross compiling'],
    ['run-time-guess', '  TRY_RUN() invoked in cross-compiling mode, please set the following cache'],
    ['run-time-guess', 'meson.build:12:3: ERROR: Can not run test applications in this cross environment.'],
    [
      'wrong-library',
      '/usr/lib/gcc-cross/aarch64-linux-gnu/12/../../../../aarch64-linux-gnu/bin/ld: x.o: Relocations in generic ELF (EM: 62)',
    ],
    ['wrong-library', 'x.o: error adding symbols: file in wrong format'],
    ['wrong-tool', "gcc: error: unrecognized command-line option '-mbranch-protection=standard'"],
    ['wrong-tool', 'make[1]: aarch64-linux-gnu-pkg-config: not found'],
    ['wrong-format', "aarch64-linux-gnu-strip: Unable to recognise the format of the input file `debian/x/usr/bin/x'"],
    ['wrong-format', 'dh_dwz: error: dwz -mdebian/x -- debian/x/usr/bin/x returned exit code 1'],
    ['missing-library', 'dpkg-shlibdeps: error: cannot find library libc.so.6 needed by debian/hello/usr/bin/hello (ELF format: …)'],
    ['missing-library', 'dpkg-shlibdeps: error: no dependency information found for /lib/aarch64-linux-gnu/libc.so.6 (used by x)'],
  ])('%s: %s', (cause, line) => {
    const found = crossCauseOf(['gcc -c x.c', line, 'make: *** [Makefile:1: all] Error 1']);
    expect(found).toMatchObject({
      cause,
      line: line.trim(),
      meaning: expect.stringMatching(/^[a-z].*[^.]$/),
      cure: expect.stringMatching(/\.$/),
    });
  });

  test('what explains the rest comes first', () => {
    const lines = ['dh_strip: error: aarch64-linux-gnu-strip: Unable to recognise the format of the input file', './x: Exec format error'];
    expect(crossCauseOf(lines)?.cause).toBe('foreign-program');
  });

  test('a mistake in the source is not a matter of cross building', () => {
    expect(
      crossCauseOf(["main.c:3:1: error: expected ';' before '}' token", 'dh_auto_build: error: make -j2 returned exit code 2']),
    ).toBeUndefined();
    expect(crossCauseOf([])).toBeUndefined();
  });
});

describe('build dependencies', () => {
  test('that only the foreign architecture lacks', () => {
    expect(unsatisfiableCause(['x'], 'python3 but it is not installable')).toMatchObject({ cause: 'unsatisfiable' });
  });

  test('of which the archive has two versions at the moment', () => {
    const line = ' libgcc-s1 : Breaks: libgcc-s1:arm64 (!= 12.2.0-14) but 12.2.0-14+deb12u1 is to be installed';
    expect(unsatisfiableCause(['The following packages have unmet dependencies:', line], undefined)).toMatchObject({
      cause: 'version-skew',
      line: line.trim(),
    });
  });
});
