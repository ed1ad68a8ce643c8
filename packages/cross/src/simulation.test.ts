import { describe, expect, test } from '@jest/globals';
import { conflictOf, solverAnswer } from './simulation.ts';

// As apt 2.6.1 of Debian 12 prints it.
const python = `The following NEW packages will be installed:
  libpython3-stdlib:arm64 python3:arm64 python3-minimal:arm64 python3.11:arm64
Inst libpython3.11-minimal:arm64 (3.11.2-6+deb12u9 Debian-Security:12/oldstable-security [arm64])
Inst python3.11-minimal:arm64 (3.11.2-6+deb12u9 Debian-Security:12/oldstable-security [arm64])
Inst python3-minimal:arm64 (3.11.2-1+b1 Debian:12.15/oldstable [arm64])
Inst python3.11:arm64 (3.11.2-6+deb12u9 Debian-Security:12/oldstable-security [arm64])
Inst python3:arm64 (3.11.2-1+b1 Debian:12.15/oldstable [arm64])
Conf python3:arm64 (3.11.2-1+b1 Debian:12.15/oldstable [arm64])`.split('\n');
const library = `Inst libpython3.11-dev:arm64 (3.11.2-6 Debian:12.15/oldstable [arm64])
Inst python3 (3.11.2-1+b1 Debian:12.15/oldstable [amd64])
Inst libonig-dev:arm64 (6.9.8-1 Debian:12.15/oldstable [arm64])`.split('\n');
const conflict = `The following packages have unmet dependencies:
 perl-base : Conflicts: perl-base:arm64 but 5.36.0-7+deb12u4 is to be installed
 perl-base:arm64 : Conflicts: perl-base but 5.36.0-7+deb12u4 is to be installed
E: Unable to correct problems, you have held broken packages.`.split('\n');

describe("apt's answer", () => {
  test('is no when a program that the build runs would be the foreign one', () => {
    expect(solverAnswer('arm64', 0, python, [])).toEqual({
      satisfiable: false,
      reason: 'python3 would be the foreign one, which the build cannot run (Build-Depends does not say :any)',
    });
    expect(solverAnswer('arm64', 0, ['Inst golang-1.19-go:arm64 (1.19.8-2 Debian:12 [arm64])'], [])).toMatchObject({ satisfiable: false });
  });

  test('is yes for libraries of the foreign architecture, and programs of our own', () => {
    expect(solverAnswer('arm64', 0, library, [])).toEqual({ satisfiable: true });
    expect(solverAnswer('armhf', 0, python, [])).toEqual({ satisfiable: true });
  });

  test('names what cannot be installed', () => {
    const unmet = [{ text: 'python3-sphinx:arm64', reason: 'it is not installable' }];
    expect(solverAnswer('arm64', 100, [], unmet)).toEqual({ satisfiable: false, reason: 'python3-sphinx:arm64 it is not installable' });
    expect(solverAnswer('arm64', 100, [], [...unmet, ...unmet])).toMatchObject({ reason: expect.stringMatching(/, and 1 more$/) });
  });

  test('names packages of two architectures that exclude each other', () => {
    expect(solverAnswer('arm64', 100, conflict, [])).toEqual({ satisfiable: false, reason: 'perl-base conflicts with perl-base:arm64' });
    expect(conflictOf(['nothing'])).toBeUndefined();
    expect(solverAnswer('arm64', null, [], [])).toEqual({ satisfiable: false, reason: 'apt finds no solution' });
  });
});
