import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openGit } from '@release-kit/git';
import { projectForEach } from '../project-for-each.test-support.ts';
import { otherPlaces } from './other-places.ts';

const project = projectForEach();

async function places(files: Readonly<Record<string, string>>, { folder = '', known = [] as readonly string[] } = {}) {
  await project.history('feat: one');
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(project.checkout, path)), { recursive: true });
    await writeFile(join(project.checkout, path), text);
  }
  await project.git('add', '--all');
  await using git = await openGit(project.host, project.checkout);
  return await otherPlaces(git, folder, '1.2.0', new Set(known));
}

const told = (shown: string) => [
  `${shown} may hold 1.2.0 as the version too; whatever is to follow, change by hand, or mark it with x-release-version and list all files in changelog.bump.files`,
];

test.each([
  ['x/__version__.py', '\n__version__ = "1.2.0"\n', 2],
  ['setup.py', "PSYCOPG_VERSION = '1.2.0'\n", 1],
  ['lerna.json', '{\n  "version": "1.2.0"\n}\n', 2],
  ['config.h', '#define APP_VERSION "v1.2.0"\n', 1],
  ['config.mk', 'VERSION=1.2.0\n', 1],
])('%s with %j is told with its line', async (path, text, line) => {
  expect(await places({ [path]: text })).toEqual(told(`${path}:${line}`));
});

test.each([
  ['a.c', '/* since version 1.2.0 */\n'],
  ['a.py', 'version = "1.2.0.1"\nversion = "11.2.0"\nversion = "1.2.0-rc.1"\n'],
  ['README.md', 'version: 1.2.0\n'],
  ['CHANGES', 'version: 1.2.0\n'],
  ['uv.lock', 'version = "1.2.0"\n'],
  ['tests/a.py', 'version = "1.2.0"\n'],
  ['data/x.metainfo.xml.in', '<release version="1.2.0"/>\n'],
  ['a.min.js', `${'x'.repeat(400)}version="1.2.0"\n`],
])('nothing is told of %s', async (path, text) => {
  expect(await places({ [path]: text })).toEqual([]);
});

test('only files of the package are looked at, and none that is bumped', async () => {
  const files = { 'a/v.py': 'version = "1.2.0"\n', 'b/v.py': 'version = "1.2.0"\n', 'b/known.py': 'version = "1.2.0"\n' };
  expect(await places(files, { folder: 'b', known: ['b/known.py'] })).toEqual(told('b/v.py:1'));
});

test('a few are named, and the rest counted', async () => {
  const files = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`v${index}.py`, 'version = "1.2.0"\n']));
  expect(await places(files)).toEqual(told('v0.py:1, v1.py:1, v2.py:1, v3.py:1, v4.py:1 and 3 more'));
});
