import { mkdir, mkdtemp, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { judge } from '../../scripts/testing/mutant.ts';
import { parsePatch, withoutDefect } from '../../scripts/testing/patch-file.ts';
import { copyTree } from '../../scripts/testing/tree-copy.ts';

const patch =
  '# test: packages/a/src/x.test.ts\ndiff --git a/packages/a/src/x.ts b/packages/a/src/x.ts\n--- a/packages/a/src/x.ts\n+++ b/packages/a/src/x.ts\n@@ -1 +1 @@\n-a\n+b\n';

describe('a planted defect', () => {
  test('names its test and what it changes', () => {
    expect(parsePatch('a-x', patch)).toEqual({ name: 'a-x', test: 'packages/a/src/x.test.ts', files: ['packages/a/src/x.ts'] });
  });

  test.each([
    ['without a test', patch.replace(/^# test.*\n/, ''), /first line/],
    ['without a change', '# test: packages/a/src/x.test.ts\n', /changes no file/],
    ['in a test', patch.replaceAll('src/x.ts', 'src/x.test.ts'), /changes a test/],
  ])('%s is refused', (_, text, message) => expect(() => parsePatch('a-x', text)).toThrow(message));

  test('is asked for in every package and action', () => {
    expect(withoutDefect([parsePatch('a-x', patch)], ['packages/a', 'packages/ab', 'actions/a'])).toEqual(['packages/ab', 'actions/a']);
  });

  test('is caught only by a test that ran and failed', () => {
    expect(judge({ passed: 3, failed: 1, skipped: 0, broken: 0 })).toEqual({ caught: true });
    expect(judge({ passed: 4, failed: 0, skipped: 0, broken: 0 })).toMatchObject({ caught: false, why: expect.stringMatching(/passes/) });
    expect(judge({ passed: 0, failed: 0, skipped: 4, broken: 0 })).toMatchObject({ caught: false, why: expect.stringMatching(/nothing/) });
    expect(judge({ passed: 0, failed: 0, skipped: 0, broken: 1 })).toMatchObject({
      caught: false,
      why: expect.stringMatching(/could not run/),
    });
    expect(judge(undefined)).toMatchObject({ caught: false, why: expect.stringMatching(/could not run/) });
  });
});

describe('the copy of the tree', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'release-kit-origin-'));
    for (const [file, text] of Object.entries({
      'packages/a/src/x.ts': 'x',
      'packages/a/lib/x.js': 'old',
      'actions/b/x': '',
      'package.json': '{}',
      'dist/x': '',
      'node_modules/ajv/package.json': '{}',
      'packages/a/node_modules/semver/package.json': '{}',
    })) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), text);
    }
    await mkdir(join(root, 'node_modules/@release-kit'));
    await symlink('../../packages/a', join(root, 'node_modules/@release-kit/a'));
  });
  afterEach(() => rm(root, { recursive: true }));

  test('resolves our packages to itself and all others to what is installed, and is gone afterwards', async () => {
    let where = '';
    {
      await using copy = await copyTree(root);
      where = copy.root;
      await writeFile(join(copy.root, 'packages/a/src/x.ts'), 'changed');
      expect(await readFile(join(copy.root, 'node_modules/@release-kit/a/src/x.ts'), 'utf8')).toBe('changed');
      expect(await readFile(join(root, 'packages/a/src/x.ts'), 'utf8')).toBe('x');
      expect(await readlink(join(copy.root, 'node_modules/ajv'))).toBe(join(root, 'node_modules/ajv'));
      expect(await readFile(join(copy.root, 'packages/a/node_modules/semver/package.json'), 'utf8')).toBe('{}');
      for (const absent of ['packages/a/lib/x.js', 'dist/x']) await expect(readFile(join(copy.root, absent))).rejects.toThrow(/ENOENT/);
    }
    await expect(readFile(join(where, 'package.json'))).rejects.toThrow(/ENOENT/);
  });
});
