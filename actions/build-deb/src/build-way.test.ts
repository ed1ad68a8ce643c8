import { expect, test } from '@jest/globals';
import { type BuildWishes, buildWay } from './build-way.ts';

const wishes: BuildWishes = { strategy: 'native', buildAll: true, tests: 'auto', profiles: [], options: [] };
const way = (given: Partial<BuildWishes>) => buildWay({ ...wishes, ...given }, 'arm64');

test('a native build runs the tests, unless told otherwise', () => {
  expect(way({})).toEqual({ profiles: [], options: [], onlyAny: false, crossFor: undefined, notes: [] });
  expect(way({ tests: 'skip', options: ['terse'] })).toMatchObject({ profiles: ['nocheck'], options: ['terse', 'nocheck'], notes: [] });
});

test('a cross build has both profiles, the option, and the packages of its architecture alone', () => {
  const { notes, ...rest } = way({ strategy: 'cross', profiles: ['nocheck', 'nodoc'] });
  expect(rest).toEqual({ profiles: ['nocheck', 'nodoc', 'cross'], options: ['nocheck'], onlyAny: true, crossFor: 'arm64' });
  expect(notes).toHaveLength(2);
  expect(way({ strategy: 'cross', buildAll: false }).notes).toHaveLength(1);
});

test('an emulated build runs the tests only when asked', () => {
  expect(way({ strategy: 'emulate' })).toMatchObject({ profiles: ['nocheck'], options: ['nocheck'], onlyAny: false, crossFor: undefined });
  expect(way({ strategy: 'emulate', tests: 'run' })).toMatchObject({ profiles: [], options: [], notes: [] });
});
