import { describe, expect, test } from '@jest/globals';
import { judgeDisabled, judgeDropped, judgeRestarts, parseRunningUnits, type RunningUnit } from './running-unit.ts';

const unit = (given: Partial<RunningUnit> = {}): RunningUnit => ({
  ...{ unit: 'a.service', load: 'loaded', active: 'active', sub: 'running', file: 'enabled' },
  ...{ mainPid: 7, invocation: 'i1', reload: 'n/a' },
  ...given,
});
const none = { oldPrograms: new Set<string>(), deliberate: new Set<string>() };
const words = (problems: readonly { category: string; level?: string }[]) =>
  problems.map(({ category, level }) => `${category} ${level ?? 'error'}`);

// Real output of systemd 252.
test('states are read in the order they were asked for', () => {
  const text = `ExecReload={ path=/bin/kill ; argv[]=/bin/kill -HUP $MAINPID ; ignore_errors=no ; start_time=[Sat 2026-11-21 19:00:01 UTC] ; stop_time=[n/a] ; pid=0 ; code=(null) ; status=0/0 }
MainPID=214
LoadState=loaded
ActiveState=active
SubState=running
UnitFileState=enabled
InvocationID=0c4b3ee8c6be4f8b9c9c1c8c0d2f1f3a

MainPID=0
LoadState=not-found
ActiveState=inactive
SubState=dead
UnitFileState=
InvocationID=
`;
  expect(parseRunningUnits(text, ['a.service', 'b.timer'])).toEqual([
    unit({ mainPid: 214, invocation: '0c4b3ee8c6be4f8b9c9c1c8c0d2f1f3a', reload: 'Sat 2026-11-21 19:00:01 UTC' }),
    {
      ...{ unit: 'b.timer', load: 'not-found', active: 'inactive', sub: 'dead', file: '', mainPid: 0, invocation: '', reload: '' },
    },
  ]);
});

describe('a unit must not run on as before', () => {
  test('a new process is a restart, and so is a new start of the same number', () => {
    expect(judgeRestarts([unit()], [unit({ mainPid: 8, invocation: 'i2' })], none, 'the upgrade')).toEqual([]);
    expect(judgeRestarts([unit()], [unit({ invocation: 'i2' })], none, 'the upgrade')).toEqual([]);
  });

  test('the same process is told, unless it was reloaded', () => {
    expect(words(judgeRestarts([unit()], [unit()], none, 'the upgrade'))).toEqual(['not-restarted error']);
    expect(judgeRestarts([unit()], [unit({ reload: 'later' })], none, 'the upgrade')).toEqual([]);
  });

  test('a reload does not bring a new program', () => {
    const facts = { ...none, oldPrograms: new Set(['a.service']) };
    expect(words(judgeRestarts([unit()], [unit({ reload: 'later' })], facts, 'the upgrade'))).toEqual(['not-restarted error']);
  });

  test('what the packaging does on purpose is a warning', () => {
    const facts = { ...none, deliberate: new Set(['a.service']) };
    expect(words(judgeRestarts([unit()], [unit()], facts, 'the upgrade'))).toEqual(['not-restarted warning']);
  });

  test('units without a process have nothing to restart', () => {
    expect(judgeRestarts([unit({ mainPid: 0 })], [unit({ mainPid: 0 })], none, 'the upgrade')).toEqual([]);
  });
});

test('a unit that is no longer shipped must not run, and nothing may enable it', () => {
  const gone = unit({ load: 'not-found', active: 'inactive', sub: 'dead', mainPid: 0 });
  const link = '/etc/systemd/system/multi-user.target.wants/a.service';
  expect(judgeDropped([gone], ['a.service'], [], 'the upgrade')).toEqual([]);
  expect(words(judgeDropped([gone], ['a.service'], [link], 'the upgrade'))).toEqual(['unit-stays warning']);
  expect(words(judgeDropped([unit()], ['a.service'], [], 'the upgrade'))).toEqual(['unit-stays error']);
  expect(judgeDropped([unit()], [], [], 'the upgrade')).toEqual([]);
});

test('a unit that was disabled by hand stays disabled', () => {
  expect(words(judgeDisabled(['a.service'], [unit()], 'the upgrade'))).toEqual(['enabled-again error']);
  expect(judgeDisabled(['a.service'], [unit({ file: 'disabled' })], 'the upgrade')).toEqual([]);
  expect(judgeDisabled([], [unit()], 'the upgrade')).toEqual([]);
});
