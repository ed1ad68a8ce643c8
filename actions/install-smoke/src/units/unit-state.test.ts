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
    expect(loop).toEqual({
      unit: 'u-loop.service',
      load: 'loaded',
      active: 'activating',
      sub: 'auto-restart',
      result: 'exit-code',
      file: 'enabled',
      type: 'simple',
      restarts: 2,
      mainPid: 0,
      status: 1,
      condition: true,
      started: true,
    });
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

describe('judgeUnit', () => {
  test.each<[string, Partial<UnitState>, string, string | undefined]>([
    ['runs', {}, 'up', undefined],
    ['listens', { sub: 'listening', type: '', mainPid: 0 }, 'up', undefined],
    ['reloads', { active: 'reloading' }, 'up', undefined],
    ['is missing', { load: 'not-found', active: 'inactive' }, 'down', 'is not installed'],
    ['is masked', { load: 'masked', active: 'inactive' }, 'down', 'is masked'],
    ['has a bad file', { load: 'bad-setting' }, 'down', 'has an invalid unit file'],
    ['cannot be read', { load: 'strange' }, 'down', 'cannot be loaded (strange)'],
    ['failed', { active: 'failed', result: 'exit-code', status: 1 }, 'down', 'failed: exit code 1'],
    [
      'has no program',
      { active: 'failed', result: 'exit-code', status: 203 },
      'down',
      'failed: its program cannot be run: it is missing, not executable, or for another architecture (ExecStart=)',
    ],
    ['was killed', { active: 'failed', result: 'signal', status: 9 }, 'down', 'failed: killed by signal 9'],
    ['dumped core', { active: 'failed', result: 'core-dump', status: 11 }, 'down', 'failed: killed by signal 11'],
    ['was too slow', { active: 'failed', result: 'timeout' }, 'down', 'failed: it did not start in time'],
    ['ate memory', { active: 'failed', result: 'oom-kill' }, 'down', 'failed: it used more memory than it may'],
    ['hit the limit', { active: 'failed', result: 'start-limit-hit' }, 'down', 'failed: it ended too often in a row'],
    ['has another reason', { active: 'failed', result: 'protocol' }, 'down', 'failed: protocol'],
    ['was restarted once, though it runs now', { restarts: 1, result: 'success' }, 'down', 'ended and was restarted once: exit code 0'],
    [
      'was restarted',
      { restarts: 3, active: 'activating', result: 'exit-code', status: 2 },
      'down',
      'ended and was restarted 3 times: exit code 2',
    ],
    [
      'waits for a restart',
      { active: 'activating', sub: 'auto-restart', result: 'signal', status: 6 },
      'down',
      'ended and waits to be restarted: killed by signal 6',
    ],
    ['starts', { active: 'activating', sub: 'start' }, 'waiting', 'is still activating (start)'],
    [
      'has a condition',
      { active: 'inactive', condition: false, started: false },
      'skipped',
      'a condition in its unit file does not hold in a container',
    ],
    ['was not started', { active: 'inactive', started: false }, 'idle', undefined],
    ['is a one-shot that ended well', { active: 'inactive', type: 'oneshot' }, 'up', undefined],
    ['ended by itself', { active: 'inactive' }, 'down', 'ended by itself: exit code 0'],
  ])('a unit that %s', (_, given, kind, why) => {
    expect(judgeUnit(unitStateOf(given))).toEqual(why === undefined ? { kind } : { kind, why });
  });
});
