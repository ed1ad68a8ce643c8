import { describe, expect, test } from '@jest/globals';
import { busLabel, parseConditions } from './conditions.ts';
import { parseExposures } from './exposure.ts';
import { parseUnitList } from './other-units.ts';
import { parseExits } from './unit-journal.ts';
import { blameCommand, withConditions } from './units-step.ts';

// Real output of systemd 252, shortened where it does not matter.
const exits = `{"UNIT":"pre.service","COMMAND":"ExecStartPre","EXIT_CODE":"exited","EXIT_STATUS":"4","__CURSOR":"s=9c"}
{"UNIT":"ok.service","COMMAND":"ExecStart","EXIT_CODE":"exited","EXIT_STATUS":"0"}
{"UNIT":"odd.service","COMMAND":["a"],"EXIT_CODE":"exited","EXIT_STATUS":"1"}
{"UNIT":"cut.serv
`;

describe('the command of a unit that failed', () => {
  const failed = { unit: 'pre.service', outcome: 'down', category: 'unit-failed', remark: 'failed: exit code 0' } as const;

  test('is in the journal; lines that cannot be read are left to the reader of the journal', () => {
    expect([...parseExits(exits)]).toEqual([['pre.service', { setting: 'ExecStartPre', how: 'exited', status: '4' }]]);
  });

  test('is named instead of the main process, which never ran', () => {
    const exit = parseExits(exits).get('pre.service');
    expect(blameCommand(failed, exit)).toEqual({ ...failed, remark: 'failed: exit code 4 (ExecStartPre=)', setting: 'ExecStartPre' });
    expect(blameCommand(failed, { setting: 'ExecStartPre', how: 'exited', status: '203' }).remark).toBe(
      'failed: its program cannot be run: it is missing, not executable, or for another architecture (ExecStartPre=)',
    );
    expect(blameCommand(failed, { setting: 'ExecStop', how: 'killed', status: 'SEGV' }).remark).toBe(
      'failed: killed by SIGSEGV (ExecStop=)',
    );
  });

  test('is not named when it was the main one', () => {
    expect(blameCommand(failed, { setting: 'ExecStart', how: 'exited', status: '4' })).toBe(failed);
    expect(blameCommand(failed, undefined)).toBe(failed);
  });

  test('is asked for how a service ended that systemd has started again since', () => {
    const again = { ...failed, category: 'unit-dies', remark: 'ended and was restarted 2 times: exit code 0' } as const;
    const exit = { setting: 'ExecStart', how: 'exited', status: '4' };
    expect(blameCommand(again, exit)).toEqual({ ...again, remark: 'ended and was restarted 2 times: exit code 4' });
    const known = { ...again, remark: 'ended and was restarted once: exit code 3' } as const;
    expect(blameCommand(known, exit)).toBe(known);
  });
});

describe('conditions', () => {
  const one = '"ConditionPathExists" false false "/nope" -1';

  test('that do not hold are named with their marks', () => {
    const text = `a(sbbsi) 3 ${one} "ConditionPathExists" false false "/etc" 1 "ConditionVirtualization" true true "container" -22\na(sbbsi) 0\n`;
    expect(parseConditions(text)).toEqual(['ConditionPathExists=/nope', 'ConditionVirtualization=|!container']);
  });

  test('are all named when systemd forgot which it was', () => {
    expect(parseConditions('a(sbbsi) 1 "ConditionPathExists" false false "/a b" 0\n')).toEqual(['ConditionPathExists=/a b']);
    expect(parseConditions('')).toEqual([]);
  });

  test('are told behind the remark', () => {
    const unit = { unit: 'a.service', outcome: 'skipped', remark: 'a condition does not hold' } as const;
    expect(withConditions(unit, ['ConditionPathExists=/a', 'ConditionUser=x'])).toEqual({
      ...unit,
      remark: 'a condition does not hold: ConditionPathExists=/a, ConditionUser=x',
      setting: 'ConditionPathExists',
    });
    expect(withConditions(unit, [])).toBe(unit);
  });

  test('a unit has its name on the bus by letters and digits', () => {
    expect(busLabel('tmpl@one-2.service')).toBe('tmpl_40one_2d2_2eservice');
    expect(busLabel('9p.mount')).toBe('_39p_2emount');
  });
});

test('the exposure of each service is in the sentence below its table', () => {
  const text = `✗ UMask=  Files created by service are world-readable by default  0.1
→ Overall exposure level for tmpl@one.service: 9.6 UNSAFE :-{
→ Overall exposure level for hello-service.service: 2.1 OK 🙂
UNIT             EXPOSURE PREDICATE HAPPY
`;
  expect([...parseExposures(text)]).toEqual([
    ['tmpl@one.service', { score: 9.6, word: 'UNSAFE' }],
    ['hello-service.service', { score: 2.1, word: 'OK' }],
  ]);
});

test('units that failed are listed without our own commands', () => {
  const text =
    '● loop.service loaded failed failed s\n  a@b.service loaded failed failed x\nrelease-kit-7.service loaded failed failed y\n';
  expect(parseUnitList(text)).toEqual(['loop.service', 'a@b.service']);
});
