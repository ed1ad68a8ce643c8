import { expect, test } from '@jest/globals';
import type { PackageFile, PackageSet } from '../package-manager.ts';
import { choosePrevious } from './previous-set.ts';

const file = (name: string, version: string, architecture = 'amd64'): PackageFile => ({
  ...{ name, version, architecture },
  file: `/x/${name}_${version}_${architecture}.deb`,
});
const set = (...packages: readonly PackageFile[]): PackageSet => ({ label: 'new', packages });
const chosen = (found: readonly PackageFile[], now: PackageSet) => {
  const choice = choosePrevious(found, now, 'amd64');
  return choice.kind === 'found'
    ? { versions: choice.set.packages.map(({ name, version }) => `${name} ${version}`), fresh: choice.fresh }
    : choice;
};

test('the newest lower version is taken, by the order of Debian versions', () => {
  const found = ['1.0', '1.9', '1.10', '2.0~rc1', '2.0', '1:0.1'].map((version) => file('a', version));
  expect(chosen(found, set(file('a', '2.0')))).toEqual({ versions: ['a 2.0~rc1'], fresh: [] });
  expect(chosen(found, set(file('a', '1.11')))).toEqual({ versions: ['a 1.10'], fresh: [] });
});

test('a package that is new in this release is told, and one that did not change stays', () => {
  expect(chosen([file('a', '1.0'), file('b', '5')], set(file('a', '2.0'), file('b', '5'), file('c', '2.0')))).toEqual({
    versions: ['a 1.0', 'b 5'],
    fresh: ['c'],
  });
});

test('packages of another architecture, or of another name, are none', () => {
  const found = [file('a', '1.0', 'arm64'), file('b', '1.0')];
  expect(chosen(found, set(file('a', '2.0')))).toEqual({ kind: 'none', reason: 'the previous release has no a for amd64' });
  expect(chosen([file('a', '1.0', 'all')], set(file('a', '2.0')))).toEqual({ versions: ['a 1.0'], fresh: [] });
});

test('the same version is no previous one, and a higher one is a mistake', () => {
  expect(chosen([file('a', '2.0')], set(file('a', '2.0')))).toEqual({
    kind: 'same',
    reason: 'the previous release has the same version, 2.0',
  });
  expect(chosen([file('a', '3.0')], set(file('a', '2.0')))).toMatchObject({ kind: 'wrong', reason: expect.stringContaining('a 3.0') });
});
