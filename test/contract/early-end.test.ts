import { mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type CircusEvent, type Entry, earlyEnd, patternOf } from '../../scripts/testing/early-end.ts';
import type { Part } from '../../scripts/testing/jest-run.ts';
import { WarmJest } from '../../scripts/testing/warm-jest.ts';

describe('a test file', () => {
  const file: Entry = { name: 'ROOT_DESCRIBE_BLOCK' };
  const group: Entry = { name: 'group', parent: file };

  /** What jest is told of tests that begin one after the other: `skip`, or nothing. */
  function modes(listen: (event: CircusEvent) => void, tests: readonly (readonly [string, Entry, number?])[]): readonly unknown[] {
    return tests.map(([name, parent, errors = 0]) => {
      const entry: Entry = { name, parent, errors: Array.from({ length: errors }) };
      listen({ name: 'test_start', test: entry });
      if (entry.mode !== 'skip') listen({ name: 'test_done', test: entry });
      return entry.mode;
    });
  }

  test('runs to its end while nothing fails and nobody says where to end', () => {
    const listen = earlyEnd();
    expect(
      modes(listen, [
        ['a', file],
        ['b', group],
        ['c', group],
      ]),
    ).toEqual([undefined, undefined, undefined]);
    const block: Entry = { name: 'other', parent: file };
    listen({ name: 'run_describe_start', describeBlock: block });
    expect(block.mode).toBeUndefined();
  });

  test('runs nothing more after a test that failed, and no hook of a group that has not begun', () => {
    const listen = earlyEnd();
    expect(
      modes(listen, [
        ['a', file],
        ['b', group, 1],
        ['c', group],
      ]),
    ).toEqual([undefined, undefined, 'skip']);
    const block: Entry = { name: 'other', parent: file };
    listen({ name: 'run_describe_start', describeBlock: block });
    expect(block.mode).toBe('skip');
  });

  test('runs until all named tests have ended, by their full names, and as many as were said', () => {
    const tests = [
      ['a', file],
      ['a', group],
      ['a', group],
      ['b', file],
      ['c', file],
    ] as const;
    expect(modes(earlyEnd({ names: ['group a'], count: 1 }), tests)).toEqual([undefined, undefined, 'skip', 'skip', 'skip']);
    expect(modes(earlyEnd({ names: ['group a'], count: 3 }), tests)).toEqual([undefined, undefined, undefined, 'skip', 'skip']);
    expect(modes(earlyEnd({ names: ['b', 'a'], count: 1 }), tests)).toEqual([undefined, undefined, undefined, undefined, 'skip']);
    expect(modes(earlyEnd({ names: ['of another tree'], count: 1 }), tests)).toEqual(Array(5).fill(undefined));
  });

  test('is run in part by names in which no character means anything else', () => {
    const pattern = new RegExp(patternOf(['a (b) [c] {d} \\d+ $x^ .*?|/', 'e']));
    expect(['a (b) [c] {d} \\d+ $x^ .*?|/', 'e', 'ee', 'a b c', ''].map((name) => pattern.test(name))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('jest itself', () => {
  let root: string;
  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'release-kit-early-')));
    await symlink(join(import.meta.dirname, '../../node_modules'), join(root, 'node_modules'));
    const project = { testEnvironment: 'node', extensionsToTreatAsEsm: ['.ts'], transform: {} };
    await writeFile(join(root, 'package.json'), '{"type":"module"}');
    await writeFile(join(root, 'jest.config.js'), `export default { projects: [${JSON.stringify(project)}] };`);
  });
  afterEach(() => rm(root, { recursive: true }));

  /** Runs a file in which `failing` fails; what it did, in order. */
  async function did(jest: WarmJest, failing: string, part: Part = {}): Promise<readonly [readonly string[], unknown]> {
    const log = join(root, 'log');
    const said = (text: string): string => `() => appendFileSync(${JSON.stringify(log)}, '${text} ')`;
    const body = (name: string): string =>
      `test('${name}', () => { (${said(name)})(); if ('${name}' === '${failing}') throw new Error('planted'); });`;
    const lines = [
      `import { afterAll, afterEach, beforeAll, describe, test } from '@jest/globals';`,
      `import { appendFileSync } from 'node:fs';`,
      `afterAll(${said('after-file')});`,
      `describe('one', () => { beforeAll(${said('before-one')}); afterEach(${said('after-each')}); afterAll(${said('after-one')});`,
      ...['a', 'b', 'c'].map(body),
      '});',
      `describe('two', () => { beforeAll(${said('before-two')}); afterAll(${said('after-two')}); ${body('d')} });`,
    ];
    await writeFile(log, '');
    await writeFile(join(root, `${failing}.test.ts`), lines.join('\n'));
    const outcome = await jest.run(`${failing}.test.ts`, part);
    return [(await readFile(log, 'utf8')).trim().split(' '), outcome.kind === 'ran' ? outcome.run : outcome.why];
  }

  test('ends after the first failure, cleans up what had begun, begins nothing else, and counts the rest as skipped', async () => {
    const replaced: string[] = [];
    await using jest = new WarmJest({ root, cache: join(root, 'cache'), onReplaced: (_, why) => replaced.push(why) });
    const whole = ['before-one', 'a', 'after-each', 'b', 'after-each', 'c', 'after-each', 'after-one'];
    expect(await did(jest, 'b')).toEqual([
      ['before-one', 'a', 'after-each', 'b', 'after-each', 'after-one', 'after-file'],
      { counts: { passed: 1, failed: 1, skipped: 2, broken: 0 }, failures: ['one b'], passes: ['one a'] },
    ]);
    expect(await did(jest, 'd')).toMatchObject([
      [...whole, 'before-two', 'd', 'after-two', 'after-file'],
      { counts: { passed: 3, failed: 1, skipped: 0, broken: 0 }, failures: ['two d'] },
    ]);
    expect(await did(jest, 'none')).toMatchObject([
      [...whole, 'before-two', 'd', 'after-two', 'after-file'],
      { counts: { passed: 4, failed: 0, skipped: 0, broken: 0 }, failures: [] },
    ]);
    return expect(replaced).toEqual([]);
  }, 120_000);

  test('runs a file up to a test, and a test alone', async () => {
    await using jest = new WarmJest({ root, cache: join(root, 'cache') });
    expect(await did(jest, 'd', { until: { names: ['one b'], count: 2 } })).toMatchObject([
      ['before-one', 'a', 'after-each', 'b', 'after-each', 'after-one', 'after-file'],
      { counts: { passed: 2, failed: 0, skipped: 2, broken: 0 } },
    ]);
    expect(await did(jest, 'a', { only: ['two d'] })).toMatchObject([
      ['before-two', 'd', 'after-two', 'after-file'],
      { counts: { passed: 1, failed: 0, skipped: 3, broken: 0 }, passes: ['two d'] },
    ]);
    return expect(await did(jest, 'a', { only: ['d'] })).toMatchObject([[''], { counts: { passed: 0, failed: 0 } }]);
  }, 120_000);
});
