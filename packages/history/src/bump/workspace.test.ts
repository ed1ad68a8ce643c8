import { describe, expect, test } from '@jest/globals';
import { type Manifest, readManifest } from './manifest.ts';
import { inStep, type Member, memberFolders, strangePatterns } from './workspace.ts';

describe('a manifest', () => {
  test.each([
    ['{"name":"a","version":"1.0.0","workspaces":["p/*","!p/x"],"x":{"workspaces":["no"]}}', ['p/*', '!p/x']],
    ['{"workspaces":{"packages":["p/*"],"nohoist":["**"]}}', ['p/*']],
    ['{}', []],
  ])('of npm lists members: %s', (text, members) => {
    expect(readManifest('package.json', text, 'package.json').members).toEqual(members);
  });

  test('of Cargo has members, what is left out, and path dependencies of every kind', () => {
    const text = [
      '[workspace]',
      'members = ["a", "b/*"]',
      'exclude = ["old"]',
      '[package]',
      'name = "root"',
      'version.workspace = true',
      '[workspace.package]',
      'version = "1.0.0"',
      '[dependencies]',
      'x = { path = "x" }',
      'y = "1"',
      "[target.'cfg(unix)'.dev-dependencies]",
      'z = { path = "../z", version = "1" }',
    ].join('\n');
    expect(readManifest('Cargo.toml', text, 'Cargo.toml')).toEqual({
      ...{ name: 'root', version: '1.0.0', inherits: true },
      ...{ members: ['a', 'b/*', '!old', '!old/**'], paths: ['x', '../z'] },
    });
  });

  test.each([
    ['package.json', '{\n  "name" 1 }'],
    ['Cargo.toml', '[package]\nname = '],
  ] as const)('%s that cannot be read is E_BUMP with its place', (kind, text) => {
    const thrown = expect.objectContaining({ code: 'E_BUMP', place: expect.objectContaining({ file: 'sub/it', line: 2 }) });
    expect(() => readManifest(kind, text, 'sub/it')).toThrow(thrown);
  });
});

const manifest = (given: Partial<Manifest> = {}): Manifest => ({
  ...{ name: 'm', version: '1.0.0', inherits: false, members: [], paths: [] },
  ...given,
});
const member = (folder: string, given: Partial<Manifest> = {}): Member => ({ folder, manifest: manifest(given) });

describe('a workspace', () => {
  const folders = ['', 'a', 'p/a', 'p/a/deep', 'p/b', 'q'];

  test.each([
    [['p/*'], ['p/a', 'p/b']],
    [['./p/*/'], ['p/a', 'p/b']],
    [['p/**'], ['p/a', 'p/a/deep', 'p/b']],
    [['p/*', '!p/b'], ['p/a']],
    [['*'], ['a', 'q']],
    [['.', 'a'], ['a']],
    [['../a'], []],
    [[], []],
  ])('of %j has %j', (members, found) => {
    const root = member('', { members });
    expect(memberFolders(root, root, folders)).toEqual(found);
  });

  test('in a folder has what is below it only', () => {
    const root = member('p', { members: ['*', '../q'] });
    expect(memberFolders(root, root, folders)).toEqual(['p/a', 'p/b']);
  });

  test('of Cargo has what a member leads to, but nothing that is left out', () => {
    const root = member('', { members: ['a', '!q', '!q/**'] });
    expect(memberFolders(member('a', { paths: ['../p/b', '../q', '../../up'] }), root, folders)).toEqual(['p/b']);
  });

  test('has patterns that are not read', () => {
    expect(strangePatterns(member('', { members: ['a/*', '{a,b}', '[ab]', '+(a)'] }))).toEqual(['{a,b}', '[ab]', '+(a)']);
  });
});

describe('packages are released together', () => {
  const names = (members: readonly Member[]): readonly string[] => members.map(({ folder }) => folder);
  const members = [
    member('same'),
    member('other', { version: '2.0.0' }),
    member('none', { version: undefined }),
    member('inherits', { version: undefined, inherits: true }),
  ];

  test('when they have the version that is expected, or inherit it; who has none is neither', () => {
    const { together, apart } = inStep(member('', { version: undefined }), members, ['1.1.0', '1.0.0']);
    expect([names(together), names(apart)]).toEqual([['', 'same', 'inherits'], ['other']]);
  });

  test('of a first release when they have the version of the root', () => {
    expect(names(inStep(member('', { version: '2.0.0' }), members, []).together)).toEqual(['', 'other', 'inherits']);
  });

  test('of a first release without a version at the root when they all have one', () => {
    const root = member('', { version: undefined });
    expect(names(inStep(root, members.slice(0, 1), []).together)).toEqual(['', 'same']);
    expect(names(inStep(root, members, []).apart)).toEqual(['same', 'other']);
  });
});
