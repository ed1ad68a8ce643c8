import { expect, test } from '@jest/globals';
import type { Manifest, ManifestFile } from './manifest.ts';
import { mergeManifests } from './merge-manifests.ts';

const fileOf = (path: string, sha256 = 'a'): ManifestFile => ({
  kind: 'deb',
  path,
  size: 1,
  sha256: sha256.repeat(64),
  package: 'aa',
  version: '1',
  architecture: 'all',
  distribution: 'debian:12',
});
const manifestOf = (name: string, sourceDateEpoch: number, ...files: readonly ManifestFile[]): Manifest => ({
  schema: 1,
  sourceDateEpoch,
  sources: [{ package: name, version: '1' }],
  files,
});

test('files and sources come together, with the newest time', () => {
  const merged = mergeManifests([manifestOf('lib', 9, fileOf('lib.deb')), manifestOf('app', 7, fileOf('app.deb'))]);
  const sources = ['lib', 'app'].map((name) => ({ package: name, version: '1' }));
  expect(merged).toEqual({ ...manifestOf('app', 9, fileOf('lib.deb'), fileOf('app.deb')), sources });
  expect(mergeManifests([merged, manifestOf('app', 1)]).sources).toEqual(sources);
});

test('the same file of two builds is one, different files of one name are refused', () => {
  const merged = mergeManifests([manifestOf('a', 1, fileOf('doc.deb')), manifestOf('a', 1, fileOf('doc.deb'))]);
  expect(merged.files).toHaveLength(1);
  expect(() => mergeManifests([manifestOf('a', 1, fileOf('doc.deb')), manifestOf('a', 1, fileOf('doc.deb', 'b'))])).toThrowWithCode(
    'E_MANIFEST',
    /doc\.deb/,
  );
  expect(() => mergeManifests([])).toThrowWithCode('E_MANIFEST');
});
