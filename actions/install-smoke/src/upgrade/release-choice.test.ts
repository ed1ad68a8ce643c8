import { expect, test } from '@jest/globals';
import { assetsFor, releasesBefore, versionInTag } from './release-choice.ts';

const release = (tag: string, prerelease = false) => ({ id: 1, tag, prerelease, url: 'x' });
const asset = (name: string) => ({ id: 1, name, size: 1, sha256: undefined });

test('the highest release below is asked first, and pre-releases last', () => {
  const releases = ['v2.0.0', 'v1.9.0', 'nightly', 'v1.10.0', 'v3.0.0'].map((tag) => release(tag));
  expect(releasesBefore([release('v2.0.0-rc.1', true), ...releases], '1:2.0.0-1').map(({ tag }) => tag)).toEqual([
    'v1.10.0',
    'v1.9.0',
    'v2.0.0-rc.1',
  ]);
});

test.each([
  ['v1.2.3-rc.1', '1.2.3~rc.1'],
  ['hello-1.2', '1.2'],
  ['release/1.0+dfsg', '1.0+dfsg'],
  ['nightly', undefined],
])('the version of the tag %s', (tag, version) => {
  expect(versionInTag(tag)).toBe(version);
});

test('only packages of the set are downloaded, for the architecture and for all', () => {
  const names = ['a_1.0-1_amd64.deb', 'a_1.0-1_arm64.deb', 'b_1.0.rc1_all.deb', 'a-dbgsym_1.0-1_amd64.deb', 'SHA256SUMS', 'a_1.0-1.dsc'];
  const set = { label: 'new', packages: ['a', 'b'].map((name) => ({ name, version: '2', architecture: 'all', file: '' })) };
  expect(assetsFor(names.map(asset), set, 'amd64').map(({ name }) => name)).toEqual(['a_1.0-1_amd64.deb', 'b_1.0.rc1_all.deb']);
});
