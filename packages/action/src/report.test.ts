import { writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { CommandError, exitCodeOf, UserError } from './errors.ts';
import { recordingHost } from './recording-host.ts';
import { reportError } from './report.ts';
import { runnerArtifacts } from './runner-artifacts.ts';
import { runnerCache } from './runner-cache.ts';

const suppressed = (error: unknown, first: unknown): unknown => {
  try {
    const stack = new DisposableStack();
    stack.defer(() => {
      throw error;
    });
    try {
      throw first;
    } finally {
      stack.dispose();
    }
  } catch {
    return new SuppressedError(error, first);
  }
};

describe('a report', () => {
  test('of a full disk is no bug, wherever it showed', () => {
    let thrown: unknown;
    try {
      writeFileSync('/dev/full', 'x');
    } catch (error) {
      thrown = error;
    }
    expect(reportError(thrown)).toMatchObject({ code: 'E_HOST', headline: 'a file cannot be written: no space is left on its disk' });
    const named = Object.assign(new Error('EDQUOT: quota exceeded, open'), { code: 'EDQUOT', path: '/srv/\u001b' });
    expect(reportError(named).headline).toBe('/srv/\\x1b cannot be written: the quota of its disk is used up');
    expect([thrown, named].map(exitCodeOf)).toEqual([2, 2]);
    expect(reportError(Object.assign(new Error('EBADF'), { code: 'EBADF' })).code).toBe('BUG');
  });

  test('of a mistake: place, problem, causes, cure; inert', () => {
    const cause = new Error('lower\u001b', { cause: new Error('lowest') });
    const report = reportError(
      new UserError('E_CONTROL', 'bad\n::error::field', { place: { file: 'debian/##[x]', line: 3, column: 4 }, cure: 'mend\nit', cause }),
    );
    expect(report).toEqual({
      code: 'E_CONTROL',
      headline: 'debian/#\\#[x]:3:4: bad\n\\::error::field',
      details: 'Because: lower\\x1b\nBecause: lowest\nWhat to do: mend\\nit',
      cure: 'mend\\nit',
    });
    expect(reportError(new UserError('E_CONTROL', 'x', { place: { file: 'f', column: 4 } })).headline).toBe('f: x');
  });

  test('a cause that the message holds already is not said again', () => {
    const cause = new Error('x is wrong', { cause: new Error('deeper') });
    expect(reportError(new UserError('E_CONFIG', 'lint: x is wrong', { cure: 'mend it', cause })).details).toBe(
      'Because: deeper\nWhat to do: mend it',
    );
  });

  test("of a command: its last lines and the catalog's cure", () => {
    const { details } = reportError(
      new CommandError('E_BUILD', 'no build', { argv: ['make', 'all'], exitCode: 2, signal: null, lastLines: ['one', '::two'] }),
    );
    expect(details).toMatch(/^The last lines of make:\n {2}one\n {2}\\::two\nWhat to do: Look at the first error above/);
  });

  test('of a bug: the stack, whatever was thrown', () => {
    expect(reportError(new TypeError('x is not y'))).toMatchObject({
      code: 'BUG',
      headline: 'this is a bug of release-kit: x is not y',
      details: expect.stringMatching(/^TypeError: x is not y\n {4}at /),
    });
    expect(reportError('text').headline).toBe('this is a bug of release-kit: text');
    expect(reportError(undefined).code).toBe('BUG');
  });

  test('of an error and a failed clean-up: the error first', () => {
    const both = suppressed(new Error('busy'), new UserError('E_LINT', 'findings'));
    expect(reportError(both)).toMatchObject({
      code: 'E_LINT',
      headline: 'findings',
      details: expect.stringContaining('Afterwards, while cleaning up: busy\nWhat to do'),
    });
    expect(exitCodeOf(both)).toBe(1);
    expect(reportError(new SuppressedError(new Error('third'), both)).details).toMatch(/cleaning up: busy\n.*cleaning up: third\n/);
  });

  test('of an interrupt is E_CANCELLED, whichever API noticed', () => {
    for (const error of [AbortSignal.abort().reason, new UserError('E_CANCELLED', 'x')])
      expect([reportError(error).code, exitCodeOf(error)]).toEqual(['E_CANCELLED', 130]);
  });
});

test('exit codes tell usage, failure and bug apart', () => {
  expect([new UserError('E_INPUT', ''), new UserError('E_LINT', ''), new Error(''), null].map(exitCodeOf)).toEqual([2, 1, 3, 3]);
});

test('an interrupted sleep is E_CANCELLED', async () => {
  const controller = new AbortController();
  await using host = await recordingHost({ signal: controller.signal });
  setTimeout(() => controller.abort(), 20);
  await expect(host.clock.sleep(10_000)).rejects.toThrowWithCode('E_CANCELLED');
  expect(host.clock.now()).toBeGreaterThan(1.7e12);
});

test('a host for tests records what is said', async () => {
  await using host = await recordingHost({ env: { A: 'b', EMPTY: '', GITHUB_REPOSITORY: 'o/n' } });
  await host.log.group('group', async () => host.log.warning('w'));
  host.annotate({ level: 'notice', message: 'n' });
  host.progress.update('p');
  host.summary.add('s');
  await using folder = await host.files.temporary('x');
  expect(folder.path).toContain('release-kit-x-');
  expect(host.recorded).toMatchObject({ lines: ['▸ group', 'warning: w'], annotations: [{ message: 'n' }], updates: ['p'] });
  expect([host.env('A'), host.env('EMPTY'), host.github.repository, host.github.apiUrl]).toEqual([
    'b',
    undefined,
    'o/n',
    'https://api.github.com',
  ]);
});

describe("GitHub's services", () => {
  test('a refused cache key is a warning, not a failure', async () => {
    const warnings: string[] = [];
    const cache = runnerCache((text) => warnings.push(text));
    expect(await cache.restore('/nowhere', 'a,b')).toBe(false);
    await cache.save('/nowhere', 'a,b');
    expect(warnings).toEqual([
      expect.stringMatching(/entry a,b was not restored: .*comma/),
      expect.stringMatching(/entry a,b was not saved: .*comma/),
    ]);
  });

  test('an artifact that is not uploaded is E_GITHUB with the cause', async () => {
    await expect(runnerArtifacts({ env: () => undefined }).upload('a:b', [], '/')).rejects.toThrowWithCode(
      'E_GITHUB',
      /the artifact a:b was not uploaded/,
    );
  });
});
