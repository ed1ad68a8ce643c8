import { expect, test } from '@jest/globals';
import { parseControl } from '@release-kit/debian';
import { announcedPackages, matchesArchitecture, matchesProfiles } from './announced.ts';

test.each([
  ['any', true],
  ['all', true],
  ['amd64', true],
  ['arm64 amd64', true],
  ['linux-any', true],
  ['any-amd64', true],
  ['linux-amd64', true],
  ['arm64', false],
  ['hurd-any kfreebsd-amd64', false],
  ['', false],
])('a package for %j is built for amd64: %s', (list, expected) => {
  expect(matchesArchitecture(list, 'amd64')).toBe(expected);
});

test.each([
  ['', [], true],
  ['<!nocheck>', [], true],
  ['<!nocheck>', ['nocheck'], false],
  ['<cross>', [], false],
  ['<cross !stage1>', ['cross'], true],
  ['<cross !stage1>', ['cross', 'stage1'], false],
  ['<stage1> <!cross>', ['stage1', 'cross'], true],
  ['<pkg.x.docs> <cross>', ['other'], false],
])('profiles %j with %j: %s', (formula, profiles, expected) => {
  expect(matchesProfiles(formula, profiles)).toBe(expected);
});

test('announced are the packages that architecture and profiles leave', () => {
  const { binaries } = parseControl(
    'Source: xx\n\nPackage: aa\nArchitecture: any\n\nPackage: bb\nArchitecture: arm64\n\nPackage: cc\nArchitecture: all\nBuild-Profiles: <!nodoc>\n',
    'debian/control',
  );
  expect(announcedPackages(binaries, 'amd64', [])).toEqual(['aa', 'cc']);
  expect(announcedPackages(binaries, 'arm64', ['nodoc'])).toEqual(['aa', 'bb']);
});
