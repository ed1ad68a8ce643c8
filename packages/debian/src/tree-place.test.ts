import { describe, expect, test } from '@jest/globals';
import { treeSearch } from './tree-place.ts';

const lineOf = (failure: 'configure' | 'pkg-config' | 'make-target', message: string, ...lines: readonly string[]) =>
  treeSearch({ failure, message })?.find(lines.join('\n'));

describe('what configure misses', () => {
  const checks = ['AC_INIT([x],[1.0])', 'dnl libnosuch is needed', 'AC_CHECK_LIB([a],[b],,[AC_MSG_ERROR([libnosuch is needed])])'];

  test('is the line of configure.ac that says so', () => {
    expect(lineOf('configure', 'libnosuch is needed', ...checks)).toBe(3);
    expect(treeSearch({ failure: 'configure', message: 'no library' })?.names[0]).toBe('configure.ac');
  });

  test('has no place where several lines say so, or none', () => {
    expect(lineOf('configure', 'libnosuch is needed', ...checks, ...checks)).toBeUndefined();
    expect(lineOf('configure', 'libother is needed', ...checks)).toBeUndefined();
    expect(lineOf('configure', 'needed', ...checks)).toBeUndefined();
  });

  test.each([
    ['Package requirements (nosuch >= 2 other) were not met: No package', 2],
    ['Package requirements (two-lines >= 1 more) were not met:', 3],
    ["No package 'nosuch' found", 2],
    ['Package nosuch was not found in the pkg-config search path.', 2],
    ['Package requirements (elsewhere) were not met:', undefined],
  ])('is the requirement that pkg-config cannot meet: %s', (message, line) => {
    const asked = ['AC_INIT', 'PKG_CHECK_MODULES([A], [nosuch >= 2 other])', 'PKG_CHECK_MODULES([B], [two-lines >= 1', '  more])'];
    expect(lineOf('pkg-config', message, ...asked)).toBe(line);
  });
});

describe('what make cannot make', () => {
  const message = "No rule to make target 'config.h', needed by 'prog'.";

  test.each([
    ['the rule that needs it', ['HEADERS := config.h', 'prog other: main.c config.h', '\t$(CC) config.h'], 2],
    ['of a rule with order-only needs', ['prog: main.c | config.h'], 1],
    ['the list that names it', ['# config.h', 'prog_SOURCES = main.c config.h', '\tcat config.h'], 2],
    ['no place: two lists name it', ['A = config.h', 'B = config.h'], undefined],
    ['no place: nobody names it', ['prog: $(HEADERS)', 'x: my-config.h'], undefined],
    ['no place: two rules need it', ['prog: config.h', 'prog: config.h x', 'A = config.h'], undefined],
  ])('%s', (_, lines, line) => {
    expect(lineOf('make-target', message, ...lines)).toBe(line);
  });

  test('a goal that nobody needs has no place in a Makefile', () => {
    expect(lineOf('make-target', "No rule to make target 'prog'.", 'all: prog')).toBeUndefined();
  });
});

test('of other failures the tool knows the place better', () => {
  expect(treeSearch({ failure: 'compiler', message: 'x' })).toBeUndefined();
});
