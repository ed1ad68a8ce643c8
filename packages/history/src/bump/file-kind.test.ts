import { describe, expect, test } from '@jest/globals';
import { habitFiles, kindOf } from './file-kind.ts';

describe('files that hold a version by habit', () => {
  const paths = [
    'src/VERSION',
    'snap/snapcraft.yaml',
    'snap/local/snapcraft.yaml',
    'README.md',
    'docs/README.md',
    'debian/changelog',
    'VERSION',
    'version',
    'vendor/x/package.json',
    'package.json',
    'package-lock.json',
    'tools/lib/Cargo.toml',
    'tools/lib/README.rst',
    'tools/library/Cargo.toml',
    'READMELONG.md',
    'constructor',
  ];

  test('stand in the folder of the project itself, sorted', () => {
    expect(habitFiles(paths).map(({ path, kind }) => [path, kind])).toEqual([
      ['README.md', 'marked text'],
      ['VERSION', 'version file'],
      ['package-lock.json', 'package-lock.json'],
      ['package.json', 'package.json'],
      ['snap/snapcraft.yaml', 'snapcraft.yaml'],
    ]);
  });

  test.each(['tools/lib', 'tools/lib/'])('of a package in %s stand there', (folder) => {
    expect(habitFiles(paths, folder).map(({ path }) => path)).toEqual(['tools/lib/Cargo.toml', 'tools/lib/README.rst']);
  });
});

test.each([
  ['a/npm-shrinkwrap.json', 'package-lock.json'],
  ['configure.in', 'configure.ac'],
  ['.snapcraft.yaml', 'snapcraft.yaml'],
  ['docs/install.md', 'marked text'],
  ['toString', 'marked text'],
])('%s is read as %s', (path, kind) => {
  expect(kindOf(path)).toBe(kind);
});
