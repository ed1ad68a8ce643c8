import { describe, expect, test } from '@jest/globals';
import type { ExecResult } from '@release-kit/action';
import { judgeConnection } from './connection.ts';
import { judgeCommand, judgeFile, judgeLog, judgeState } from './inside.ts';
import type { HealthVerdict } from './verdict.ts';

const result = (stdout: string, exitCode: number | null = 0, stderr = ''): ExecResult => ({ exitCode, stdout, stderr });
const whyOf = (verdict: HealthVerdict): string => (verdict.good ? 'good' : verdict.why);

describe('a connection', () => {
  test.each([
    ['connected\n', 'good'],
    ['ECONNREFUSED Connection refused\n', 'the connection is refused: nobody listens there'],
    ['ENETUNREACH Network is unreachable\n', 'Network is unreachable'],
    ['', 'the connection could not be tried (exit code 0): perl said nothing'],
  ])('%j', (stdout, why) => {
    expect(whyOf(judgeConnection({ kind: 'tcp', address: '127.0.0.1:1' }, result(stdout)))).toBe(why);
  });

  test('that perl cannot try says so', () => {
    const missing = result('', 127, 'release-kit-command: 1: perl: not found\n');
    expect(whyOf(judgeConnection({ kind: 'unix', path: '/a' }, missing))).toContain(
      '(exit code 127): release-kit-command: 1: perl: not found',
    );
  });
});

describe('a command', () => {
  const asked = { kind: 'command', command: 'x', exit: 0, output: undefined, user: undefined } as const;
  test.each([
    [asked, result('', 0), 'good'],
    [{ ...asked, exit: 3 }, result('', 3), 'good'],
    [{ ...asked, output: '^two$' }, result('one\n', 0, 'two\n'), 'good'],
    [asked, result('one\ntwo\n\n', 7), 'exit code 7; it said last: two'],
    [{ ...asked, exit: 3 }, result('', 0), 'exit code 0, not 3; it said nothing'],
    [asked, result('', null), 'it was ended by a signal; it said nothing'],
    [{ ...asked, output: 'x' }, result(' \n'), 'the output is empty, which does not match /x/'],
    [{ ...asked, output: 'x' }, result('::stop::\n'), 'the output starts with "\\::stop::", which does not match /x/'],
  ])('%# %j', (question, said, why) => {
    expect(whyOf(judgeCommand(question, said))).toBe(why);
  });
});

describe('a unit', () => {
  const asked = { kind: 'unit', unit: 'a.timer', state: 'waiting' } as const;
  const shown = (load: string, active: string, sub: string, outcome: string) =>
    result(`Result=${outcome}\nLoadState=${load}\nActiveState=${active}\nSubState=${sub}\n`);
  test.each([
    ['waiting', shown('loaded', 'active', 'waiting', 'success'), 'good'],
    ['active', shown('loaded', 'active', 'waiting', 'success'), 'good'],
    ['running', shown('loaded', 'failed', 'failed', 'exit-code'), 'it is failed (failed), result exit-code'],
    ['active', shown('loaded', 'activating', 'auto-restart', 'success'), 'it is activating (auto-restart)'],
    ['active', shown('not-found', 'inactive', 'dead', 'success'), 'there is no such unit'],
    ['active', shown('masked', 'inactive', 'dead', 'success'), 'the unit cannot be used: it is masked'],
    ['inactive', shown('not-found', 'inactive', 'dead', 'success'), 'there is no such unit'],
    ['inactive', shown('loaded', 'inactive', 'dead', 'success'), 'good'],
    ['active', result('', 1, 'Failed to connect to bus\n'), 'systemctl does not say (exit code 1): Failed to connect to bus'],
  ])('%s %#', (state, said, why) => {
    expect(whyOf(judgeState({ ...asked, state }, said))).toBe(why);
  });
});

describe('a file', () => {
  test.each([
    [result(''), 'good'],
    [result('above /run\n'), 'it is not there; of its path there is /run'],
    [result('link /etc/none\n'), 'it is a symbolic link to /etc/none, which is not there'],
    [result('', 2, 'sh: broken\n'), 'it cannot be looked at (exit code 2): sh: broken'],
  ])('%#', (said, why) => {
    expect(whyOf(judgeFile(said))).toBe(why);
  });
});

describe('a line of the journal', () => {
  const asked = { kind: 'log', line: '^ready$', unit: 'a.service' } as const;
  test.each([
    [result('starting\nready\nand on\n'), 'good'],
    [result('Started a.service.\nnot ready\n'), 'the last of 2 lines is "not ready"; none matches'],
    [result(''), 'the journal is empty'],
    [result('', 1, 'No journal files were found.\n'), 'the journal cannot be read (exit code 1): No journal files were found.'],
  ])('%#', (said, why) => {
    expect(whyOf(judgeLog(asked, said))).toContain(why);
  });
});
