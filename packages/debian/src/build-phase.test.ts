import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { type BuildPhase, phaseAfter } from './build-phase.ts';

const folder = new URL('./fixtures/phases/', import.meta.url);

/** The phases of a log in order, with the number of the line that begins each. */
function phasesOf(lines: readonly string[]): string[] {
  let phase: BuildPhase = 'unpack';
  const found = [`1 ${phase}`];
  for (const [index, line] of lines.entries()) {
    const next = phaseAfter(phase, line);
    if (next !== phase) found.push(`${index + 1} ${next}`);
    phase = next;
  }
  return found;
}

describe('phases of real logs', () => {
  test.each(readdirSync(folder))('%s', (name) => {
    const expected: Readonly<Record<string, readonly string[]>> = {
      'autotools-debian-12.log': ['1 unpack', '10 build', '11 configure', '44 build', '50 test', '77 binary'],
      'autotools-debian-13.log': ['1 unpack', '10 build', '11 configure', '47 build', '53 test', '80 binary'],
      // A rules file without debhelper has no steps that could be told apart before packing.
      'classic-debian-12.log': ['1 unpack', '9 build', '16 binary'],
      'classic-debian-13.log': ['1 unpack', '9 build', '16 binary'],
      'override-debian-12.log': ['1 unpack', '15 build', '16 configure', '24 build', '32 test', '39 binary'],
      'override-debian-13.log': ['1 unpack', '15 build', '16 configure', '24 build', '32 test', '39 binary'],
    };
    expect(phasesOf(readFileSync(new URL(name, folder), 'utf8').split('\n'))).toEqual(expected[name]);
  });
});

describe('phaseAfter', () => {
  test('where root is needed, the target binary comes after the target build', () => {
    const lines = [
      ' debian/rules build',
      'dh build',
      '   dh_auto_configure',
      '   dh_auto_build',
      ' fakeroot debian/rules binary',
      'dh binary',
    ];
    expect(phasesOf(lines)).toEqual(['1 unpack', '1 build', '2 configure', '4 build', '5 binary']);
  });

  test.each([
    'dh_auto_test: error: make -j2 check returned exit code 2',
    'dh_autotest_not_a_helper_but: text',
    'make[1]: *** [debian/rules:5: override_dh_auto_build] Error 1',
    'gcc -DX="dh_auto_build" x.c',
    `   dh_auto_test ${'x'.repeat(400)}`,
    '   dh_testdir',
    '',
  ])('%j begins nothing', (line) => {
    expect(phaseAfter('configure', line)).toBe('configure');
  });

  test('a helper that nobody knows packs, for the others are known', () => {
    expect(phaseAfter('test', '   dh_constructor')).toBe('binary');
    expect(phaseAfter('test', '   dh_golang')).toBe('binary');
  });
});
