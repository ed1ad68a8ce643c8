import { mkdir, mkdtemp, readFile, readlink, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Part } from '../../scripts/testing/jest-run.ts';
import { judge, judgeSound, tryGroup, type Verdict } from '../../scripts/testing/mutant.ts';
import { byTest, type PlantedDefect, parsePatch, type TestGroup, withoutDefect } from '../../scripts/testing/patch-file.ts';
import { Progress } from '../../scripts/testing/progress.ts';
import type { JestCounts } from '../../scripts/testing/tally.ts';
import { copyTree } from '../../scripts/testing/tree-copy.ts';
import type { Outcome } from '../../scripts/testing/warm-jest.ts';

const patch =
  '# test: packages/a/src/x.test.ts\ndiff --git a/packages/a/src/x.ts b/packages/a/src/x.ts\n--- a/packages/a/src/x.ts\n+++ b/packages/a/src/x.ts\n@@ -1 +1 @@\n-a\n+b\n';

describe('a planted defect', () => {
  test('names its test and what it changes', () => {
    expect(parsePatch('a-x', patch)).toEqual({ name: 'a-x', test: 'packages/a/src/x.test.ts', files: ['packages/a/src/x.ts'] });
    const named = patch.replace('\n', '\n# caught by: adds: up, twice\n');
    expect(parsePatch('a-x', named)).toEqual({ ...parsePatch('a-x', patch), caughtBy: 'adds: up, twice' });
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

function ran(counts: Partial<JestCounts>, failures: readonly string[] = [], passes: readonly string[] = []): Outcome {
  return { kind: 'ran', run: { counts: { passed: 0, failed: 0, skipped: 0, broken: 0, ...counts }, failures, passes } };
}

const group = (defects: readonly PlantedDefect[]): TestGroup => ({ test: 'packages/a/src/x.test.ts', defects });

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
    const jest = { run: async () => see().then(() => ran({ passed: 1, failed: 1 }, ['x'])) };
    await see();
    await tryGroup({ root, jest }, group([parsePatch('a', patch)]), () => join(root, 'a.patch'));
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
    const trying = (): ReturnType<typeof tryGroup> => tryGroup({ root, jest }, group([defect]), () => join(root, 'a.patch'));
    await expect(trying()).rejects.toThrow(/a cannot be taken out again/);
    expect(await trying()).toEqual([[defect, { caught: false, why: expect.stringMatching(/does not apply: error/) }]]);
  });

  describe('gives the verdict', () => {
    const plain = parsePatch('a', patch);
    const named = { ...plain, name: 'named', caughtBy: 'x' };
    const caught = ran({ passed: 1, failed: 1, skipped: 3 }, ['x']);
    const sound = ran({ passed: 2, skipped: 3 }, [], ['x']);

    /** A jest that answers by what it is asked; `asked` are its orders, `sound` those without the defect. */
    async function verdicts(
      defects: readonly PlantedDefect[],
      answer: (part: Part, isPlanted: boolean) => Outcome,
    ): Promise<{ readonly asked: readonly unknown[]; readonly verdicts: readonly Verdict[] }> {
      const asked: unknown[] = [];
      const run = async (_: string, part: Part = {}): Promise<Outcome> => {
        const isPlanted = (await readFile(join(root, 'packages/a/src/x.ts'), 'utf8')) === 'b\n';
        asked.push([isPlanted ? 'planted' : 'sound', part]);
        return answer(part, isPlanted);
      };
      const tried = await tryGroup({ root, jest: { run } }, group(defects), () => join(root, 'a.patch'));
      return { asked, verdicts: tried.map(([, verdict]) => verdict) };
    }

    test('caught, where the same tests pass without the defect: all up to the one that failed', async () => {
      const { asked, verdicts: given } = await verdicts([plain, plain], (_, isPlanted) => (isPlanted ? caught : sound));
      expect(given).toEqual([{ caught: true }, { caught: true }]);
      expect(asked).toEqual([
        ['planted', {}],
        ['planted', {}],
        ['sound', { until: { names: ['x', 'x'], count: 2 } }],
      ]);
    });

    test('caught by the test that it names, alone with the defect and without', async () => {
      const { asked, verdicts: given } = await verdicts([named], (_, isPlanted) => (isPlanted ? caught : sound));
      expect(given).toEqual([{ caught: true }]);
      expect(asked).toEqual([
        ['sound', { only: ['x'] }],
        ['planted', { only: ['x'] }],
      ]);
    });

    test('caught by tests that several name, with the same ones before it each time', async () => {
      const other = { ...named, name: 'other', caughtBy: 'y' };
      const both = ran({ passed: 2 }, [], ['x', 'y']);
      const { asked } = await verdicts([named, other], (_, isPlanted) => (isPlanted ? caught : both));
      expect(asked).toEqual(['sound', 'planted', 'planted'].map((tree) => [tree, { only: ['x', 'y'] }]));
    });

    test('of the whole file, where the test that it names is not there, fails without it or passes with it', async () => {
      const note = { caught: true, note: 'not by "x", which it names' };
      for (const alone of [ran({ skipped: 5 }), ran({ failed: 1 }, ['x']), ran({ passed: 1 }, [], ['x'])]) {
        const { asked, verdicts: given } = await verdicts([named], ({ only }, isPlanted) =>
          only === undefined ? (isPlanted ? caught : sound) : alone,
        );
        expect(given).toEqual([note]);
        expect(asked.slice(-2)).toEqual([
          ['planted', {}],
          ['sound', { until: { names: ['x'], count: 2 } }],
        ]);
      }
      const passing = await verdicts([named], () => sound);
      expect(passing.verdicts).toEqual([{ caught: false, why: 'its test passes all the same' }]);
      expect(passing.asked.at(-1)).toEqual(['planted', {}]);
    });

    test('missed, where its test fails without it too, or nothing fails with it', async () => {
      const failing = await verdicts([plain], () => caught);
      expect(failing.verdicts).toEqual([{ caught: false, why: 'its test fails without the defect: x' }]);
      const { asked, verdicts: given } = await verdicts([plain], () => sound);
      expect(given).toEqual([{ caught: false, why: 'its test passes all the same' }]);
      expect(asked).toEqual([['planted', {}]]);
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

describe('how far it has come', () => {
  function told(isTTY: boolean, milliseconds: number): readonly string[] {
    const lines: string[] = [];
    let now = 0;
    const progress = new Progress({ isTTY, columns: 40, write: (text) => lines.push(text) }, 'tried', 3, () => now);
    for (const name of ['first', 'second']) {
      now += milliseconds;
      progress.step(name);
    }
    progress.print('a: MISSED');
    progress.end();
    return lines;
  }

  test('is one line of a terminal, which changes', () => {
    const erase = '\r\u001b[J';
    const [first, second] = ['… tried (1.0 s) 1 of 3: first', '… tried (2.0 s) 2 of 3: second'];
    expect(told(true, 1_000)).toEqual(['… tried (0.0 s)', erase + first, erase + second, `${erase}a: MISSED\n${second}`, erase]);
  });

  test('is a line of a log now and then, without any control character', () => {
    expect(told(false, 1)).toEqual(['a: MISSED\n']);
    expect(told(false, 15_000)).toEqual(['1 of 3 tried\n', '2 of 3 tried\n', 'a: MISSED\n']);
  });
});
