import { expect, test } from '@jest/globals';
import { blockProblems, unmetBlock } from './unmet-block.ts';

// As apt 2.6 (Debian 12) prints it.
const classic = `Reading state information...
The following information may help to resolve the situation:

The following packages have unmet dependencies:
 alt : Depends: nope-a but it is not installable or
                nope-b (>= 2) but it is not installable
 unmet:amd64 : Depends: nonexistent-package (>= 3) but it is not installable
               Depends: libc6 (>= 99) but 2.36-9+deb12u14 is to be installed
 essremover : Conflicts: coreutils but 9.1-1 is to be installed
E: Unable to correct problems, you have held broken packages.
`;

// As apt 3.0 (Debian 13) prints it.
const solver3 = `Solving dependencies...
The following packages have unmet dependencies:
 two : Depends: exim4-daemon-heavy but it is not installable
E: Unable to correct problems, you have held broken packages.
E: The following information from --solver 3.0 may provide additional context:
   Unable to satisfy dependencies. Reached two conflicting decisions:
   1. exim4-daemon-heavy:amd64 is selected for install because:
      1. two:amd64=1.0 is selected for install
`;

// As apt 3.2 (Ubuntu 26.04) prints it.
const solver32 = `Solving dependencies...
The following packages have unmet dependencies:
 essremover : Conflicts: coreutils
E: Unable to satisfy dependencies. Reached two conflicting assignments:
   1. essremover:amd64=1.0 is selected for install
   2. essremover:amd64 is not selected for install because:
`;

test('what apt calls unmet is read, of all its versions', () => {
  expect(unmetBlock(classic)).toEqual([
    { package: 'alt', field: 'Depends', text: 'nope-a but it is not installable or nope-b (>= 2) but it is not installable' },
    { package: 'unmet', field: 'Depends', text: 'nonexistent-package (>= 3) but it is not installable' },
    { package: 'unmet', field: 'Depends', text: 'libc6 (>= 99) but 2.36-9+deb12u14 is to be installed' },
    { package: 'essremover', field: 'Conflicts', text: 'coreutils but 9.1-1 is to be installed' },
  ]);
  expect(unmetBlock(solver3)).toEqual([{ package: 'two', field: 'Depends', text: 'exim4-daemon-heavy but it is not installable' }]);
  expect(unmetBlock(solver32)).toEqual([{ package: 'essremover', field: 'Conflicts', text: 'coreutils' }]);
  expect(unmetBlock('E: Unable to locate package x\n')).toEqual([]);
});

test('what excludes is a conflict; only fields of our packages have a place', () => {
  expect(blockProblems(unmetBlock(classic).slice(2), new Set(['essremover']))).toEqual([
    {
      category: 'missing-dependency',
      message: 'dependencies cannot be satisfied: unmet has Depends: libc6 (>= 99) but 2.36-9+deb12u14 is to be installed',
    },
    {
      category: 'conflict',
      message: 'dependencies cannot be satisfied: essremover has Conflicts: coreutils but 9.1-1 is to be installed',
      subject: { kind: 'field', package: 'essremover', field: 'Conflicts', word: 'coreutils' },
    },
  ]);
});
