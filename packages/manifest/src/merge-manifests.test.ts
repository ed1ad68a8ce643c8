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
  source: { package: name, version: '1' },
  files,
});

test('files come together, with the newest time and the last source', () => {
  const merged = mergeManifests([manifestOf('lib', 9, fileOf('lib.deb')), manifestOf('app', 7, fileOf('app.deb'))]);
  expect(merged).toEqual(manifestOf('app', 9, fileOf('lib.deb'), fileOf('app.deb')));
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
