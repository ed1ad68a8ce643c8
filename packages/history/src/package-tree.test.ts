import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packageTree } from './package-tree.ts';

const place = (path: string) => ({ name: path === '' ? 'root' : path, path });
const names = (packages: readonly { readonly name: string }[]) => packages.map(({ name }) => name);

describe('a changed file belongs to the package with the longest path above it', () => {
  const { ownerOf, ownersOf } = packageTree(['', 'packages/a', 'packages/a/inner', 'packages/ab'].map(place));
  test.each([
    ['packages/a/file', 'packages/a'],
    ['packages/a/inner/deep/file', 'packages/a/inner'],
    ['packages/a/inner', 'packages/a/inner'],
    ['packages/ab/file', 'packages/ab'],
    ['packages/abc/file', 'root'],
    ['packages/file', 'root'],
    ['README.md', 'root'],
    ['__proto__/constructor', 'root'],
    ['', 'root'],
    ['/', 'root'],
  ])('%j to %s', (path, name) => {
    expect(ownerOf(path)?.name).toBe(name);
  });

  test('and a commit to all packages of its files, in their order', () => {
    expect(names(ownersOf(['packages/ab/x', 'packages/a/y', 'packages/ab/z']))).toEqual(['packages/a', 'packages/ab']);
    expect(names(ownersOf(['LICENSE', 'packages/a/y']))).toEqual(['root', 'packages/a']);
  });

  test('a commit without files belongs to the root', () => {
    expect(names(ownersOf([]))).toEqual(['root']);
  });

  test('without a package at the root, what is outside belongs to none', () => {
    const tree = packageTree([place('a')]);
    expect(tree.ownersOf(['b/x', 'x'])).toEqual([]);
    expect(tree.ownersOf([])).toEqual([]);
  });

  test('whatever the paths', () => {
    const part = fc.constantFrom('a', 'b', 'ab', 'c');
    const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 8 }), path, (paths, file) => {
        const above = paths.filter((other) => file === other || file.startsWith(`${other}/`)).sort((a, b) => b.length - a.length);
        expect(packageTree(paths.map(place)).ownerOf(file)?.path).toBe(above[0]);
      }),
    );
  });
});

describe('packages are refused', () => {
  test.each(['/a', 'a/', './a', 'a/../b', '..', 'a//b', '.'])('with the folder %j', (path) => {
    expect(() => packageTree([{ name: 'x', path }])).toThrowWithCode('E_CONFIG');
  });

  test('of one name or one folder', () => {
    expect(() =>
      packageTree([
        { name: 'x', path: 'a' },
        { name: 'x', path: 'b' },
      ]),
    ).toThrowWithCode('E_CONFIG', /two packages are called "x"/);
    expect(() =>
      packageTree([
        { name: 'x', path: 'a' },
        { name: 'y', path: 'a' },
      ]),
    ).toThrowWithCode('E_CONFIG', /x and y have the same folder/);
  });
});
