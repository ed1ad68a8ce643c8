import { mkdir, mkdtemp, readFile, realpath, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { inCommon } from '../../scripts/testing/jest-run.ts';
import { changes, settled } from '../../scripts/testing/leftovers.ts';
import { type Outcome, reasonToReplace, WarmJest } from '../../scripts/testing/warm-jest.ts';

describe('the state of a process', () => {
  const write = (): void => {};

  test('differs where something was added, taken away or replaced', () => {
    const before = new Map<string, unknown>([
      ['a', 1],
      ['b', write],
      ['c', Number.NaN],
    ]);
    expect(changes(before, new Map(before))).toEqual([]);
    expect(
      changes(
        before,
        new Map<string, unknown>([
          ['b', (): void => {}],
          ['c', Number.NaN],
          ['d', 1],
        ]),
      ),
    ).toEqual(['a', 'b', 'd']);
  });

  test('is waited for while it ends by itself, and is not waited for long', async () => {
    let asked = 0;
    const sound = new Map();
    const closing = (): ReadonlyMap<string, unknown> => {
      asked += 1;
      return asked < 4 ? new Map([['open Timeout', 1]]) : sound;
    };
    expect(await settled(closing, sound)).toBe(sound);
    const open = new Map([['open Timeout', 1]]);
    expect(await settled(() => open, sound)).toBe(open);
  });

  test('ends the use of a process where anything is left, or when it has become large', () => {
    expect(reasonToReplace({ left: [], memory: 2 ** 20 })).toBeUndefined();
    expect(reasonToReplace({ left: ['umask', 'open Timeout'], memory: 0 })).toBe('left behind: umask, open Timeout');
    expect(reasonToReplace({ left: [], memory: 2 ** 31 })).toBe('much memory is in use');
  });
});

test('the one project has what all projects have in common', () => {
  expect(
    inCommon([
      { a: [1], b: 1, c: 1 },
      { a: [1], b: 2 },
    ]),
  ).toEqual({ a: [1] });
});

describe('test files one after the other', () => {
  let root: string;
  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'release-kit-warm-')));
    await symlink(join(import.meta.dirname, '../../node_modules'), join(root, 'node_modules'));
    for (const folder of ['pids', 'tests']) await mkdir(join(root, folder));
    const project = { testEnvironment: 'node', extensionsToTreatAsEsm: ['.ts'], transform: {} };
    await writeFile(join(root, 'package.json'), '{"type":"module"}');
    await writeFile(join(root, 'jest.config.js'), `export default { projects: [${JSON.stringify(project)}] };`);
  });
  afterEach(() => rm(root, { recursive: true }));

  /** A test file that says which process it ran in. */
  async function testFile(name: string, body: string, imports = ''): Promise<string> {
    const lines = [
      `import { test, expect } from '@jest/globals';`,
      `import { writeFileSync } from 'node:fs';`,
      imports,
      `test('${name}', async () => { writeFileSync(${JSON.stringify(join(root, 'pids', name))}, String(process.pid)); ${body} });`,
    ];
    await writeFile(join(root, 'tests', `${name}.test.ts`), lines.join('\n'));
    return `tests/${name}.test.ts`;
  }
  const pidOf = async (name: string): Promise<number> => Number(await readFile(join(root, 'pids', name), 'utf8'));
  const countsOf = (outcome: Outcome): unknown => (outcome.kind === 'ran' ? outcome.run.counts : outcome.why);

  test('share a process, see what changed between, and are counted apart', async () => {
    // Not in the folder of the tests: jest looks there only.
    const file = join(root, 'sources/value.ts');
    await mkdir(join(root, 'sources'));
    const write = async (text: string, time: number): Promise<void> => {
      await writeFile(file, text);
      await utimes(file, time, time);
    };
    const first = await testFile('first', 'expect(value).toBe(1);', `import { value } from '../sources/value.ts';`);
    const second = await testFile('second', 'expect(value).toBe(1);', `import { value } from '../sources/value.ts';`);
    const replaced: string[] = [];
    await using jest = new WarmJest({ root, cache: join(root, 'cache'), onReplaced: (_, why) => replaced.push(why) });
    await write('export const value: number = 1;', 1e9);
    const passed = { passed: 1, failed: 0, skipped: 0, broken: 0 };
    const failed = { passed: 0, failed: 1, skipped: 0, broken: 0 };
    expect(countsOf(await jest.run(first))).toEqual(passed);
    const pid = await pidOf('first');
    // The same size, and one millisecond later.
    await write('export const value: number = 2;', 1e9 + 0.001);
    expect(await jest.run(first)).toEqual({ kind: 'ran', run: { counts: failed, failures: ['first'], passes: [] } });
    expect(countsOf(await jest.run(second))).toEqual(failed);
    await write('export const value: number = 1;', 1e9 + 0.002);
    expect(countsOf(await jest.run(second))).toEqual(passed);
    expect(replaced).toEqual([]);
    expect(await pidOf('second')).toBe(pid);
    // Jest leaves its listeners for rejections behind where a file cannot be loaded.
    await write('export const value: number = ;', 1e9 + 0.003);
    expect(countsOf(await jest.run(second))).toMatchObject({ passed: 0, broken: 1 });
    expect(replaced).toEqual([expect.stringMatching(/listeners of unhandledRejection/)]);
    await write('export const value: number = 1;', 1e9 + 0.004);
    return expect(countsOf(await jest.run(first))).toEqual(passed);
  }, 120_000);

  test('draw the same cases each time, and do not look for the smallest that fails', async () => {
    await using jest = new WarmJest({ root, cache: join(root, 'cache') });
    const file = JSON.stringify(join(root, 'pids/drawn'));
    const body = `const drawn = []; const say = () => writeFileSync(${file}, JSON.stringify(drawn));
      fc.assert(fc.property(fc.nat(), (n) => { drawn.push(n); say(); return n < 1000; }));`;
    const drawing = await testFile('drawing', body, `import fc from 'fast-check';`);
    const drawn: number[][] = [];
    for (const _ of [1, 2]) {
      expect(countsOf(await jest.run(drawing))).toMatchObject({ failed: 1 });
      drawn.push(JSON.parse(await readFile(join(root, 'pids/drawn'), 'utf8')));
    }
    expect(drawn[0]?.filter((number) => number >= 1000)).toHaveLength(1);
    return expect(drawn[1]).toEqual(drawn[0]);
  }, 120_000);

  test('have a new process after one that left or changed something in its own', async () => {
    const replaced: string[] = [];
    await using jest = new WarmJest({ root, cache: join(root, 'cache'), onReplaced: (name, why) => replaced.push(`${name}: ${why}`) });
    const sound = await testFile('sound', '');
    const leaving: readonly (readonly [string, string, RegExp])[] = [
      ['rejection', 'setTimeout(() => Promise.reject(new Error("late")), 3000).unref();', /open Timeout/],
      ['directory', 'process.chdir("/");', /working directory/],
      ['module', '(await import("node:fs")).default.readFileSync = () => "";', /fs\.readFileSync/],
      ['child', '(await import("node:child_process")).spawn("sleep", ["100"], { stdio: "ignore" }).unref();', /open PROCESSWRAP/],
    ];
    for (const [name, body, why] of leaving) {
      expect(countsOf(await jest.run(await testFile(name, body)))).toMatchObject({ passed: 1, failed: 0 });
      expect(replaced.pop()).toMatch(why);
      expect(countsOf(await jest.run(sound))).toMatchObject({ passed: 1, failed: 0 });
      expect(await pidOf('sound')).not.toBe(await pidOf(name));
    }
    return expect(replaced).toEqual([]);
  }, 120_000);

  test('are lost where their process ends or they do not end, with all that they started', async () => {
    const ending = await testFile('ending', 'process.exit(7);');
    const endless = await testFile(
      'endless',
      `const child = spawn('sleep', ['100']); writeFileSync(${JSON.stringify(join(root, 'pids/child'))}, String(child.pid)); for (;;);`,
      `import { spawn } from 'node:child_process';`,
    );
    const sound = await testFile('sound', '');
    await using jest = new WarmJest({ root, cache: join(root, 'cache'), limit: 12_000 });
    expect(await jest.run(ending)).toEqual({ kind: 'lost', why: 'its process ended (exit code 7)' });
    expect(await jest.run(endless)).toEqual({ kind: 'lost', why: 'no end after 12 s' });
    for (const name of ['endless', 'child']) expect(await isRunning(await pidOf(name))).toBe(false);
    return expect(countsOf(await jest.run(sound))).toMatchObject({ passed: 1 });
  }, 120_000);
});

/** Whether a process still does something; one that has ended may stay in the table until it is fetched. */
async function isRunning(pid: number): Promise<boolean> {
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return state !== '' && !/\) [ZX] /.test(state);
}
