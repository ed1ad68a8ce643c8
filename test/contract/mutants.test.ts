import { mkdir, mkdtemp, readFile, readlink, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { judge, judgeSound, tryDefect } from '../../scripts/testing/mutant.ts';
import { byTest, parsePatch, withoutDefect } from '../../scripts/testing/patch-file.ts';
import type { JestCounts } from '../../scripts/testing/tally.ts';
import { copyTree } from '../../scripts/testing/tree-copy.ts';
import type { Outcome } from '../../scripts/testing/warm-jest.ts';

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

  test('stands with all that the same test must catch, tests of whole tools first', () => {
    const [unit, tool, same] = [
      parsePatch('a', patch),
      parsePatch('b', patch.replace('packages/a/src/x.test.ts', 'test/contract/x.test.ts')),
      parsePatch('c', patch),
    ];
    expect(byTest([unit, tool, same])).toEqual([
      { test: 'test/contract/x.test.ts', defects: [tool] },
      { test: 'packages/a/src/x.test.ts', defects: [unit, same] },
    ]);
  });

  test('is caught only by a test that ran and failed', () => {
    expect(judge(ran({ passed: 3, failed: 1 }))).toEqual({ caught: true });
    expect(judge(ran({ passed: 4 }))).toEqual({ caught: false, why: 'its test passes all the same' });
    expect(judge(ran({ skipped: 4 }))).toEqual({ caught: false, why: 'its test ran nothing' });
    expect(judge(ran({ passed: 2, failed: 1, broken: 1 }, ['no such module\nat x']))).toEqual({
      caught: false,
      why: 'its test could not run: no such module',
    });
    expect(judge({ kind: 'lost', why: 'no end' })).toEqual({ caught: false, why: 'its test could not run: no end' });
  });

  test('says nothing where its test fails without it, or does not run', () => {
    expect(judgeSound(ran({ passed: 1, skipped: 1 }))).toEqual({ caught: true });
    for (const [outcome, why] of [
      [ran({ passed: 4, failed: 1 }, ['adds up']), 'adds up'],
      [ran({ passed: 4, broken: 1 }, ['no such module']), 'no such module'],
      [ran({ skipped: 1 }), 'nothing ran'],
      [{ kind: 'lost', why: 'no end' }, 'no end'],
    ] as const)
      expect(judgeSound(outcome)).toEqual({ caught: false, why: `its test fails without the defect: ${why}` });
  });
});

function ran(counts: Partial<JestCounts>, failures: readonly string[] = []): Outcome {
  return { kind: 'ran', run: { counts: { passed: 0, failed: 0, skipped: 0, broken: 0, ...counts }, failures } };
}

describe('planting', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'release-kit-planting-'));
    await mkdir(join(root, 'packages/a/src'), { recursive: true });
    await writeFile(join(root, 'packages/a/src/x.ts'), 'a\n');
    await writeFile(join(root, 'a.patch'), patch);
  });
  afterEach(() => rm(root, { recursive: true }));

  test('gives each state of a file a later time, by which jest tells them apart, whatever the clock says', async () => {
    const file = join(root, 'packages/a/src/x.ts');
    const future = new Date('2100-01-01T00:00:00Z');
    await utimes(file, future, future);
    const seen: [string, number][] = [];
    const see = async (): Promise<void> => void seen.push([await readFile(file, 'utf8'), (await stat(file)).mtimeMs - future.getTime()]);
    const jest = { run: async () => see().then(() => ran({ failed: 1 })) };
    await see();
    expect(await tryDefect({ root, jest }, parsePatch('a', patch), join(root, 'a.patch'))).toEqual({ caught: true });
    await see();
    expect(seen).toEqual([
      ['a\n', 0],
      ['b\n', 1],
      ['a\n', 2],
    ]);
  });

  test('tells of a patch that does not apply, and stops where a defect stays', async () => {
    const defect = parsePatch('a', patch);
    const file = join(root, 'packages/a/src/x.ts');
    const jest = { run: async () => writeFile(file, 'c\n').then(() => ran({ failed: 1 })) };
    await expect(tryDefect({ root, jest }, defect, join(root, 'a.patch'))).rejects.toThrow(/a cannot be taken out again/);
    expect(await tryDefect({ root, jest }, defect, join(root, 'a.patch'))).toMatchObject({
      caught: false,
      why: expect.stringMatching(/does not apply: error/),
    });
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
