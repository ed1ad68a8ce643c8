import { describe, expect, test } from '@jest/globals';
import { recordingHost, UserError } from '@release-kit/action';
import { ProblemError } from './problem.ts';
import { startSteps } from './steps.ts';

describe('steps', () => {
  test('of a kind that goes well nearly always are details, unless they did not go well', async () => {
    await using host = await recordingHost();
    const details: string[] = [];
    const steps = startSteps({ ...host, log: { ...host.log, detail: (text) => void details.push(text) } });
    await steps.run('boot', async () => ({ note: 'up' }));
    await steps.run('purge', async () => ({ note: 'odd', problems: [{ category: 'left-behind', message: 'a', level: 'warning' }] }));
    await steps.run('install', async () => ({ note: 'done' }));
    expect(details.map((line) => line.replace(/\d\.\d s/, 'N s'))).toEqual(['✓ boot (N s): up']);
    expect(host.recorded.lines.filter((line) => line.startsWith('✓'))).toHaveLength(2);
  });

  test('are told one line each, with problems and their evidence below', async () => {
    await using host = await recordingHost();
    const steps = startSteps(host);
    await steps.run('install', async () => ({ note: 'hello' }));
    await steps.run('services', async () => ({
      note: 'one is down',
      problems: [{ category: 'unit-failed', message: 'a failed', evidence: 'one\n::error::two' }],
    }));
    await steps.run('files', async () => ({ note: '1 failed', problems: [{ category: 'wrong-file', message: '/x: mode' }] }));
    expect(host.recorded.lines.map((line) => line.replace(/\d\.\d s/, 'N s'))).toEqual([
      '✓ install (N s): hello',
      '✗ services (N s): one is down',
      '  E_SMOKE_SERVICE: a failed',
      '  | one',
      '  | \\::error::two',
      '✗ files (N s): 1 failed',
      '  E_SMOKE_FILE: /x: mode',
    ]);
    expect(steps.list.map(({ name, result }) => [name, result])).toEqual([
      ['install', 'passed'],
      ['services', 'failed'],
      ['files', 'failed'],
    ]);
    expect(steps.problems.map(({ category }) => category)).toEqual(['unit-failed', 'wrong-file']);
    expect(steps.list.flatMap(({ problems }) => problems)).toEqual(steps.problems);
  });

  test('a step that had nothing to look at is skipped, but one that found something failed', async () => {
    await using host = await recordingHost();
    const steps = startSteps(host);
    await steps.run('upgrade', async () => ({ skipped: true, note: 'there is no previous release' }));
    await steps.run('files', async () => ({ skipped: true, note: 'odd', problems: [{ category: 'wrong-file', message: '/x: mode' }] }));
    expect(steps.list.map(({ result }) => result)).toEqual(['skipped', 'failed']);
    expect(host.recorded.lines[0]).toMatch(/^– upgrade \(\d\.\d s\): there is no previous release$/);
  });

  test('a ProblemError or its machine ends a step only; any other error ends the run', async () => {
    await using host = await recordingHost();
    const steps = startSteps(host);
    const failing = steps.run('install', () => Promise.reject(new ProblemError({ category: 'not-installed', message: 'no' })));
    expect(await failing).toBeUndefined();
    expect(steps.problems).toEqual([{ category: 'not-installed', message: 'no' }]);
    const several = new ProblemError({ category: 'not-installed', message: 'a' }, undefined, [{ category: 'conflict', message: 'b' }]);
    await steps.run('several', () => Promise.reject(several));
    expect(steps.problems.map(({ message }) => message)).toEqual(['no', 'a', 'b']);
    expect(steps.list.at(-1)?.note).toBe('a, and 1 more');
    await expect(steps.run('boot', () => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
    const hanging = steps.run('services', () => Promise.reject(new UserError('E_TIMEOUT', 'systemctl took longer than 1 s')));
    expect(await hanging).toBeUndefined();
    expect(steps.problems.at(-1)).toEqual({ category: 'step-hangs', message: 'systemctl took longer than 1 s' });
    expect(await steps.run('purge', async () => ({ note: 'purged', more: 1 }))).toEqual({ note: 'purged', more: 1 });
  });
});

test('steps that run beside each other are told in the order in which they are asked, each with its own time', async () => {
  await using host = await recordingHost();
  let now = 0;
  const steps = startSteps({ ...host, clock: { ...host.clock, now: () => now } });
  const { promise: end, resolve: finish } = Promise.withResolvers<void>();
  const slow = steps.begin('services', async () => {
    await end;
    now = 900;
    return { note: 'slow', problems: [{ category: 'unit-failed', message: 'a failed' }] };
  });
  const quick = steps.begin('unit files', async () => ({ note: 'quick' }));
  expect(await quick.found).toEqual({ note: 'quick' });
  expect({ told: steps.list, problems: steps.problems, lines: host.recorded.lines }).toEqual({ told: [], problems: [], lines: [] });
  finish();
  await slow.tell();
  await quick.tell();
  expect(steps.list.map(({ name, result, milliseconds }) => [name, result, milliseconds])).toEqual([
    ['services', 'failed', 900],
    ['unit files', 'passed', 0],
  ]);
  expect(steps.problems.map(({ message }) => message)).toEqual(['a failed']);
});

test('a step beside others that cannot go on says so when it is told; a bug in it ends the run then', async () => {
  await using host = await recordingHost();
  const steps = startSteps(host);
  const failing = steps.begin('install', () => Promise.reject(new ProblemError({ category: 'not-installed', message: 'no' })));
  expect(await failing.found).toBeUndefined();
  expect(await failing.tell()).toBeUndefined();
  expect(steps.list.map(({ note }) => note)).toEqual(['no']);
  const broken = steps.begin('boot', () => Promise.reject(new Error('a bug')));
  await expect(broken.tell()).rejects.toThrow('a bug');
  expect(steps.list).toHaveLength(1);
});

test('steps that are not run after all are in the list, with the reason', async () => {
  await using host = await recordingHost();
  const steps = startSteps(host);
  steps.leaveOut(['purge', 'leftovers'], 'install failed');
  expect(steps.list).toEqual(
    ['purge', 'leftovers'].map((name) => ({
      ...{ name, result: 'skipped', milliseconds: 0, note: 'not run: install failed', problems: [] },
    })),
  );
});

test('who asked is told of each step that failed, and may end the run', async () => {
  await using host = await recordingHost();
  const failed: string[] = [];
  const steps = startSteps(host, async ({ name }) => {
    failed.push(name);
    if (failed.length === 2) throw new Error('enough');
  });
  const failing = async () => ({ note: '', problems: [{ category: 'wrong-file', message: '/x' }] as const });
  await steps.run('install', async () => ({ note: 'fine' }));
  await steps.run('files', failing);
  await expect(steps.run('more files', failing)).rejects.toThrow('enough');
  expect({ failed, steps: steps.list.length }).toEqual({ failed: ['files', 'more files'], steps: 3 });
});

test('an interrupt is no finding', async () => {
  const controller = new AbortController();
  await using host = await recordingHost({ signal: controller.signal });
  const steps = startSteps(host);
  controller.abort();
  await expect(steps.run('boot', () => Promise.reject(new UserError('E_MACHINE', 'ended')))).rejects.toThrowWithCode('E_MACHINE');
  expect(steps.problems).toEqual([]);
});

test('a ProblemError carries place and cure of its problem', () => {
  const error = new ProblemError({ category: 'removal-failed', message: 'm', cure: 'c', place: { file: 'debian/prerm', line: 1 } }, 'why');
  expect(error).toMatchObject({
    code: 'E_SMOKE_REMOVE',
    message: 'm',
    cure: 'c',
    place: { file: 'debian/prerm', line: 1 },
    cause: 'why',
  });
});
