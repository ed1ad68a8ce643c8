import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  Masks,
  parseCommandFile,
  parsePathFile,
  parseWorkflowCommand,
  readActionFile,
  StepLog,
  startJob,
} from '../support/runner/index.ts';

const fixture = join(import.meta.dirname, '../fixtures/runner-action');

describe('command files', () => {
  test.each([
    ['a=1\n', { a: '1' }],
    ['a=1', { a: '1' }],
    ['a=b=c\n\nd=\n', { a: 'b=c', d: '' }],
    ['a<<E\nE\n', { a: '' }],
    ['a<<E\n\nE\n', { a: '' }],
    ['a<<E\none\n\ntwo\nE\nb=2\n', { a: 'one\n\ntwo', b: '2' }],
    ['a<<E=F\nx\nE=F\n', { a: 'x' }],
    ['a=<<E\n', { a: '<<E' }],
    ['a<<E\none\r\nE\n', { a: 'one\r' }],
    ['a<<E\nE \n E\nE', { a: 'E \n E' }],
    ['a=1\na=2\n', { a: '2' }],
  ])('%j is read as the runner reads it', (text, values) => {
    expect(Object.fromEntries(parseCommandFile(text))).toEqual(values);
  });

  test.each(['a\n', '=1\n', '<<E\nE\n', 'a<<\n\n', 'a<<E\none\n', 'a<<E\nE\r\n'])('%j is refused', (text) => {
    expect(() => parseCommandFile(text)).toThrow(/Invalid/);
  });

  test('the folder added last comes first', () => {
    expect(parsePathFile('/a\n/b\r\n\n/a\n')).toEqual(['/a', '/b']);
  });
});

describe('workflow commands', () => {
  test.each([
    ['::error file=a%2Cb,line=3::x%0Ay%25', { name: 'error', properties: { file: 'a,b', line: '3' }, data: 'x\ny%' }],
    [' \t::WARNING::x', { name: 'warning', properties: {}, data: 'x' }],
    ['::notice title=a%3Ab, line=::x', { name: 'notice', properties: { title: 'a:b' }, data: 'x' }],
    ['text ##[error file=a;line=2]x%5D%3B', { name: 'error', properties: { file: 'a', line: '2' }, data: 'x];' }],
    ['::debug::', { name: 'debug', properties: {}, data: '' }],
  ])('%j is obeyed', (line, command) => {
    const found = parseWorkflowCommand(line);
    expect({ ...found, properties: Object.fromEntries(found?.properties ?? []) }).toEqual(command);
  });

  test.each(['x ::error::y', '::error', ':: error::x', '::unknown::x', '##[unknown]x', '##[error', '\\::error::x', '#\\#[error]x', ''])(
    '%j is a line of text',
    (line) => {
      expect(parseWorkflowCommand(line)).toBeUndefined();
    },
  );

  test('what a command refuses fails the step', () => {
    const log = new StepLog(new Masks());
    for (const line of ['::set-env name=A::1', '::add-path::/x', '::save-state name=a::b']) log.take(line);
    expect(log.refused).toEqual(['set-env', 'add-path', 'save-state']);
  });
});

test('masks hide each line of a secret, and overlapping secrets as one', () => {
  const masks = new Masks();
  for (const value of ['abc\ndef', 'bcx', '  ', '']) masks.add(value);
  expect(masks.apply('1 abc 2 def 3 abcx 4 abcdef 5')).toBe('1 *** 2 *** 3 *** 4 *** 5');
  expect(masks.values).toEqual(['abc\ndef', 'abc', 'def', 'bcx']);
});

describe('a job', () => {
  test('hands inputs over, reads what the action wrote, and masks', async () => {
    await using job = await startJob({ env: { LEAK: 'from the job' } });
    const step = await job.run(fixture, { greeting: 'hi', 'TWO words': 'x\ny', unknown: '1' });
    expect(step).toMatchObject({ conclusion: 'success', exitCode: 0 });
    const seen: unknown = JSON.parse(step.outputs['said'] ?? '');
    expect(seen).toMatchObject({
      INPUT_GREETING: 'hi',
      'INPUT_DRY-RUN': 'false',
      INPUT_TWO_WORDS: 'x\ny',
      INPUT_UNKNOWN: '1',
      LEAK: 'from the job',
      'STATE_from-pre': '1',
    });
    expect(step.outputs['lines']).toBe('one\nE1\n\ntwo\r');
    expect(step.lines).toEqual(['the *** and its ***', '▸ Details', '::no-such-command::stays', '::error::not obeyed']);
    expect(step.annotations.map(({ level, message, properties }) => [level, message, properties])).toEqual(
      expect.arrayContaining([
        ['warning', expect.stringContaining("Unexpected input(s) 'unknown', valid inputs are ['greeting', 'dry-run', 'two words']"), {}],
        ['error', 'broken ***\nmore 100%', { file: 'a.c', line: '3', title: 'x:y' }],
        ['warning', 'look', { file: 'b.c', line: '4' }],
        ['notice', 'obeyed again', {}],
      ]),
    );
    expect(step.summary).toBe('# Said ***\n');
  });

  test('passes nothing of this process on, and variables and folders to later steps only', async () => {
    process.env['LEAK_OF_TEST'] = '1';
    await using job = await startJob();
    const first: unknown = JSON.parse((await job.run(fixture)).outputs['said'] ?? '');
    const second: unknown = JSON.parse((await job.run(fixture)).outputs['said'] ?? '');
    delete process.env['LEAK_OF_TEST'];
    expect(first).not.toHaveProperty('LEAK_OF_TEST');
    expect(first).not.toHaveProperty('FROM_FIRST');
    expect(second).toMatchObject({ FROM_FIRST: 'yes', PATH: expect.stringMatching(/^\/second:\/first:/) });
  });

  test('runs post scripts last first with state and inputs, also after a failure', async () => {
    await using job = await startJob();
    expect(await job.run(fixture, { greeting: 'one' })).toMatchObject({ conclusion: 'success' });
    expect(await job.run(fixture, { greeting: 'fail' })).toMatchObject({ conclusion: 'failure', exitCode: 3 });
    const made = join(job.temporary, 'made');
    expect(await job.leftBehind()).toEqual([`file ${made}`]);
    expect(existsSync(made)).toBe(true);
    const posts = await job.finish();
    expect(posts[0]).toMatchObject({ lines: ['post of fail, pre said 1'], conclusion: 'success' });
    expect(existsSync(made)).toBe(false);
    expect(posts[1]?.lines[0]).toBe('post of one, pre said 1');
    expect(await job.leftBehind()).toEqual([]);
  });

  test('fails a step that uses a command the runner no longer allows', async () => {
    await using job = await startJob();
    expect(await job.run(fixture, { greeting: 'old' })).toMatchObject({ conclusion: 'failure', exitCode: 0 });
  });

  test('cancels by SIGINT first', async () => {
    await using job = await startJob();
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 700);
    const step = await job.run(fixture, { 'dry-run': 'wait' }, { signal: controller.signal });
    expect(step).toMatchObject({ conclusion: 'cancelled', exitCode: 7 });
    expect(step.lines).toContain('interrupted');
  });

  test('tells a process that a step left running', async () => {
    await using job = await startJob();
    await job.run(fixture, { greeting: 'leave' });
    const left = (await job.leftBehind()).filter((entry) => entry.startsWith('process '));
    expect(left).toEqual([expect.stringMatching(/^process \d+ sleep 5$/)]);
  });

  test('accepts only actions for Node 24', async () => {
    await expect(readActionFile(join(fixture, '..'))).rejects.toThrow(/action\.yml/);
  });
});
