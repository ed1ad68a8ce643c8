import { describe, expect, test } from '@jest/globals';
import { unitStateOf } from './unit-state.test-support.ts';
import { judgeUnit, parseUnitStates, showArgv, type UnitState } from './unit-state.ts';

// Real output of systemd 252.
const printed = `Type=simple
MainPID=0
Result=exit-code
NRestarts=2
ExecMainStatus=1
Id=u-loop.service
LoadState=loaded
ActiveState=activating
SubState=auto-restart
UnitFileState=enabled
InactiveExitTimestampMonotonic=2905626696
ConditionResult=yes
ConditionTimestampMonotonic=2905613621

Type=
MainPID=0
Result=success
NRestarts=0
ExecMainStatus=0
Id=u-none.service
LoadState=not-found
ActiveState=inactive
SubState=dead
UnitFileState=
InactiveExitTimestampMonotonic=0
ConditionResult=no
ConditionTimestampMonotonic=0
`;

describe('parseUnitStates', () => {
  test('reads one block for each unit, in the order asked', () => {
    const [loop, none] = parseUnitStates(printed, ['u-loop.service', 'u-none.service']);
    expect(loop).toEqual(
      unitStateOf({
        ...{ unit: 'u-loop.service', active: 'activating', sub: 'auto-restart', result: 'exit-code' },
        ...{ restarts: 2, mainPid: 0, status: 1 },
      }),
    );
    expect(none).toMatchObject({ unit: 'u-none.service', load: 'not-found', started: false, condition: true });
  });

  test('a condition counts only when it was looked at', () => {
    const text = 'LoadState=loaded\nActiveState=inactive\nConditionResult=no\nConditionTimestampMonotonic=5\n';
    expect(parseUnitStates(text, ['a'])[0]?.condition).toBe(false);
  });

  test('no output is a unit that is not there', () => {
    expect(parseUnitStates('', ['a.service'])).toMatchObject([{ unit: 'a.service', load: 'not-found', active: 'inactive', mainPid: 0 }]);
  });

  test('names cannot be taken for options', () => {
    expect(showArgv(['-x.service']).slice(-2)).toEqual(['--', '-x.service']);
  });
});

// Real output of systemd 252.
const socketAndTimer = `Accept=no
Listen=127.0.0.1:7001 (Stream)
Listen=/run/sock.sock (Stream)
Listen=@abs (Stream)
Result=success
Id=sock.socket
Triggers=sock.service
LoadState=loaded
ActiveState=active
SubState=listening
UnitFileState=enabled
InactiveExitTimestampMonotonic=39830915045
ConditionResult=yes
AssertResult=yes
ConditionTimestampMonotonic=39830914643

NextElapseUSecRealtime=Sun 2026-11-22 00:00:00 UTC
NextElapseUSecMonotonic=0
Result=success
Id=tick.timer
Triggers=tick.service
LoadState=loaded
ActiveState=active
SubState=waiting
`;

test('sockets and timers say what they start, where and when', () => {
  const [socket, timer] = parseUnitStates(socketAndTimer, ['sock.socket', 'tick.timer']);
  expect(socket).toMatchObject({ triggers: ['sock.service'], listens: ['127.0.0.1:7001', '/run/sock.sock', '@abs'], accepts: false });
  expect(timer).toMatchObject({ triggers: ['tick.service'], elapses: true });
  expect(parseUnitStates('NextElapseUSecMonotonic=infinity\n', ['a.timer'])[0]?.elapses).toBe(false);
  expect(parseUnitStates('NextElapseUSecMonotonic=11h 21min 39s\n', ['a.timer'])[0]?.elapses).toBe(true);
});

describe('judgeUnit', () => {
  test.each<[string, Partial<UnitState>]>([
    ['runs', {}],
    ['listens', { sub: 'listening', type: '', mainPid: 0 }],
    ['reloads', { active: 'reloading' }],
    ['is a one-shot that ended well', { active: 'inactive', type: 'oneshot' }],
  ])('a unit that %s is up', (_, given) => {
    expect(judgeUnit(unitStateOf(given))).toEqual({ kind: 'up' });
  });

  const ended = { active: 'failed', sub: 'failed', result: 'exit-code' };

  test.each<[string, Partial<UnitState>, string, string]>([
    ['is missing', { load: 'not-found', active: 'inactive' }, 'unit-failed', 'is not installed'],
    ['is masked', { load: 'masked', active: 'inactive' }, 'unit-policy', 'is masked'],
    ['has a bad file', { load: 'bad-setting' }, 'unit-invalid', 'has an invalid unit file'],
    ['cannot be read', { load: 'strange' }, 'unit-failed', 'cannot be loaded (strange)'],
    ['failed', { ...ended, status: 1 }, 'unit-failed', 'failed: exit code 1'],
    ['failed after a while', { ...ended, status: 1, lived: 2000 }, 'unit-dies', 'failed: exit code 1'],
    ['failed after restarts', { ...ended, status: 1, restarts: 5 }, 'unit-dies', 'ended and was restarted 5 times: exit code 1'],
    ['was killed', { ...ended, result: 'signal', status: 9 }, 'unit-failed', 'failed: killed by SIGKILL'],
    ['dumped core', { ...ended, result: 'core-dump', status: 11 }, 'unit-failed', 'failed: killed by SIGSEGV, with a core dump'],
    ['hit the limit', { ...ended, result: 'start-limit-hit' }, 'unit-dies', 'failed: it ended too often in a row (StartLimitBurst=)'],
    ['ate memory', { ...ended, result: 'oom-kill' }, 'unit-failed', 'failed: it used more memory than it may'],
    ['has another reason', { ...ended, result: 'strange' }, 'unit-failed', 'failed: strange'],
    ['was too slow', { ...ended, result: 'timeout' }, 'unit-slow', 'failed: it did not start in time'],
    [
      'never said that it is ready',
      { ...ended, result: 'timeout', type: 'notify' },
      'unit-slow',
      'failed: it did not start in time; it has not told systemd that it is ready (Type=notify)',
    ],
    ['was restarted once, though it runs now', { restarts: 1 }, 'unit-dies', 'ended and was restarted once: exit code 0'],
    [
      'was restarted',
      { restarts: 3, active: 'activating', result: 'exit-code', status: 2 },
      'unit-dies',
      'ended and was restarted 3 times: exit code 2',
    ],
    [
      'waits for a restart',
      { active: 'activating', sub: 'auto-restart', result: 'signal', status: 6 },
      'unit-dies',
      'ended and waits to be restarted: killed by SIGABRT',
    ],
    [
      'has an assertion',
      { active: 'inactive', assertion: false, started: false },
      'unit-failed',
      'was not started: an assertion in its unit file does not hold',
    ],
    ['ended by itself', { active: 'inactive' }, 'unit-dies', 'ended by itself: exit code 0'],
  ])('a unit that %s is down', (_, given, category, why) => {
    expect(judgeUnit(unitStateOf(given))).toEqual({ kind: 'down', category, why });
  });

  test('the setting that is at fault is told', () => {
    expect(judgeUnit(unitStateOf({ ...ended, status: 203, restarts: 2 }))).toEqual({
      ...{ kind: 'down', category: 'unit-failed', setting: 'ExecStart' },
      why: 'ended and was restarted 2 times: its program cannot be run: it is missing, not executable, or for another architecture (ExecStart=)',
    });
  });

  test.each<[string, Partial<UnitState>, object]>([
    ['starts', { active: 'activating', sub: 'start' }, { kind: 'waiting', why: 'is still activating (start)' }],
    [
      'runs in the foreground, though it should not',
      { active: 'activating', sub: 'start', type: 'forking' },
      {
        kind: 'waiting',
        why: 'is still activating (start); the process that was started has not ended, or has left no PIDFile= (Type=forking)',
      },
    ],
    [
      'has a condition',
      { active: 'inactive', condition: false, started: false },
      { kind: 'skipped', why: 'a condition in its unit file does not hold in a container' },
    ],
    ['was not started', { active: 'inactive', started: false }, { kind: 'idle' }],
    [
      'is to be started',
      { active: 'inactive', started: false, queued: true },
      { kind: 'waiting', why: 'waits for others before it is started' },
    ],
  ])('a unit that %s', (_, given, verdict) => {
    expect(judgeUnit(unitStateOf(given))).toEqual(verdict);
  });
});
