import { describe, expect, test } from '@jest/globals';
import { type Changes, choosePackages, maxFiles } from './selection.ts';
import { testPackage, testPackageConfig } from './test-package.ts';

const lib = testPackage('lib', ['any'], { binaries: ['libx1', 'libx-dev'] });
const server = testPackage('server', ['any'], { buildDepends: ['debhelper-compat', 'libx-dev'], binaries: ['server', 'server-dev'] });
const plugin = testPackage('plugin', ['any'], { buildDepends: ['server-dev'] });
const docs = testPackage('docs', ['all'], { config: testPackageConfig({ path: 'docs', paths: ['manual/**', '!**/*.draft'] }) });
const packages = [lib, server, plugin, docs];
const since = 'abc1234 (main)';
const choices = (...files: string[]) => choose({ kind: 'files', files, since });
const choose = (changes: Changes, patterns: readonly string[] = ['.github/workflows/**', 'shared/**']) =>
  Object.fromEntries(
    choosePackages(packages, changes, { patterns, file: 'release-kit.yml' }).map(({ package: one, built, reason }) => [
      one.name,
      built ? reason : undefined,
    ]),
  );

test('what is not known to be unchanged is built', () => {
  const reason = 'this is no pull request but push';
  expect(choose({ kind: 'all', reason })).toEqual({ lib: reason, server: reason, plugin: reason, docs: reason });
});

describe('a changed file', () => {
  test('builds the package whose folder it is in, and those that are built with it', () => {
    expect(choices('lib/src/x.c', 'lib/y.c', 'README.md')).toEqual({
      lib: 'lib/src/x.c and 1 other file changed',
      server: 'it is built with libx-dev of lib, which is built anew',
      plugin: 'it is built with server-dev of server, which is built anew',
      docs: undefined,
    });
  });

  test.each(['.github/workflows/ci.yml', '../.github/workflows/ci.yml', 'release-kit.yml', 'shared/a'])('%s builds all', (file) => {
    const reason = `${file} changed, which all packages share`;
    expect(choices('docs/x', file)).toEqual({ lib: reason, server: reason, plugin: reason, docs: reason });
  });

  test.each(['README.md', 'library/x', 'other/lib/x', '../lib/x', 'docs/x', 'manual/a.draft', '.github/ISSUE_TEMPLATE.md'])(
    '%s builds nothing',
    (file) => {
      expect(choices(file)).toEqual({ lib: undefined, server: undefined, plugin: undefined, docs: undefined });
    },
  );

  test.each(['manual/a/b', 'docs/debian/rules'])('%s builds the package that names its files', (file) => {
    expect(choices(file)).toEqual({ lib: undefined, server: undefined, plugin: undefined, docs: `${file} changed` });
  });

  test('that is a submodule around the folder builds the package', () => {
    const deep = testPackage('deep', ['any'], { folder: 'vendor/all/deep' });
    const changes: Changes = { kind: 'files', files: ['vendor/all'], since };
    expect(choosePackages([deep], changes, { patterns: [], file: undefined })[0]?.built).toBe(true);
  });

  test('belongs to the package at the root, wherever it is', () => {
    const root = testPackage('root', ['any'], { folder: '.' });
    const choice = (file: string) =>
      choosePackages([root], { kind: 'files', files: [file], since }, { patterns: [], file: undefined })[0]?.built;
    expect([choice('a/b'), choice('debian/rules'), choice('../a')]).toEqual([true, true, false]);
  });
});

test('a changed package takes along what it is built with, and not what else is built with that', () => {
  expect(choices('plugin/x')).toEqual({
    lib: 'server is built with its libx-dev',
    server: 'plugin is built with its server-dev',
    plugin: 'plugin/x changed',
    docs: undefined,
  });
  const other = testPackage('other', ['any'], { buildDepends: ['libx-dev'] });
  const chosen = choosePackages([...packages, other], { kind: 'files', files: ['server/x'], since }, { patterns: [], file: undefined });
  expect(chosen.filter(({ built }) => built).map(({ package: { name } }) => name)).toEqual(['lib', 'server', 'plugin']);
});

test('an unchanged package says since when', () => {
  const [choice] = choosePackages([lib], { kind: 'files', files: [], since }, { patterns: [], file: undefined });
  expect(choice).toMatchObject({ built: false, reason: `no file of it changed since ${since}` });
});

test('packages that are built with each other end', () => {
  const a = testPackage('aa', ['any'], { buildDepends: ['bb', 'aa'] });
  const b = testPackage('bb', ['any'], { buildDepends: ['aa'] });
  const chosen = choosePackages([a, b], { kind: 'files', files: ['bb/x'], since }, { patterns: [], file: undefined });
  expect(chosen.map(({ built }) => built)).toEqual([true, true]);
});

test('more files than anyone reads are a change of everything', () => {
  expect(choices(...Array.from({ length: maxFiles + 1 }, (_, index) => `x/${index}`))['docs']).toBe(
    `more than 20000 files changed since ${since}`,
  );
});
