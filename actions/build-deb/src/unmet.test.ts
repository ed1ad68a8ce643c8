import { describe, expect, test } from '@jest/globals';
import { dependencyLine, unmetDependencies } from './unmet.ts';

// As apt 2.6 (Debian 12) and apt 3.0 (Debian 13) print it.
const output = `The following packages have unmet dependencies:
 builddeps:./ : Depends: libdoes-not-exist-dev (>= 1.0) but it is not installable
                Depends: libc6 (>= 99) but 2.36-9+deb12u10 is to be installed
                Depends: python3-foo:amd64 but it is not going to be installed
                Depends: libdoes-not-exist-dev but it is not installable
 other : Depends: unrelated but it is not installable
E: Unable to correct problems, you have held broken packages.`.split('\n');

test('unmet dependencies of the build are read, each package once, those of other packages not', () => {
  expect(unmetDependencies(output)).toEqual([
    { package: 'libdoes-not-exist-dev', text: 'libdoes-not-exist-dev (>= 1.0)', reason: 'it is not installable' },
    { package: 'libc6', text: 'libc6 (>= 99)', reason: '2.36-9+deb12u10 is to be installed' },
    { package: 'python3-foo', text: 'python3-foo:amd64', reason: 'it is not going to be installed' },
  ]);
  expect(unmetDependencies(['E: Unable to locate package x', ''])).toEqual([]);
});

const control = `# libfoo-dev in a comment
Source: x
Build-Depends: debhelper-compat (= 13),
# libfoo-dev in another
 libfoo-dev-extra, libfoo-dev (>= 1) <!nocheck>,
 libg++-dev:native|libbar-dev[amd64]
Build-Depends-Indep: doc-tool
Standards-Version: libfoo-dev

Package: y
Depends: only-here
`;

describe('dependencyLine', () => {
  test.each([
    ['debhelper-compat', 3],
    ['libfoo-dev', 5],
    ['libfoo-dev-extra', 5],
    ['libg++-dev', 6],
    ['libbar-dev', 6],
    ['doc-tool', 7],
    ['only-here', undefined],
    ['libfoo', undefined],
    ['Build-Depends', undefined],
  ])('%s is on line %s', (name, line) => {
    expect(dependencyLine(control, name)).toBe(line);
  });
});
