import { describe, expect, test } from '@jest/globals';
import { mistakeOf, parseVerification } from './unit-verification.ts';

// Real output of systemd 252; 247 says "Unknown key name 'Foo' in section 'Unit'" of the first.
const output = `<28>/usr/lib/systemd/system/bad.service:3: Unknown key 'Foo' in section [Unit], ignoring.
<28>/usr/lib/systemd/system/bad.service:7: Failed to parse TimeoutStartSec= parameter, ignoring: xx
<28>/usr/lib/systemd/system/bad.service:9: Unknown section 'Instal'. Ignoring.
<29>/usr/lib/systemd/system/bad2.service:6: Standard output type syslog is obsolete, automatically updating to journal. Please update your unit file, and consider removing the setting altogether.
<28>/usr/lib/systemd/system/bad3.service:3: Invalid URL, ignoring: foo
<27>bad3.service: Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.
<27>Unit bad3.service has a bad unit file setting.
<27>bad.service: Command /usr/bin/nothing is not executable: No such file or directory
<27>bad4.service: Failed to create bad4.service/start: Unit not-there.service not found.
<28>Configuration file /usr/lib/systemd/system/x.service is marked executable. Please remove executable permission bits. Proceeding anyway.
Killed
`;

describe('parseVerification', () => {
  const { messages, unread } = parseVerification(output);

  test('messages name a line of a file or a unit; what follows from another is left out', () => {
    expect(messages.map(({ level, unit, path, line }) => [level, unit ?? path, line])).toEqual([
      [4, '/usr/lib/systemd/system/bad.service', 3],
      [4, '/usr/lib/systemd/system/bad.service', 7],
      [4, '/usr/lib/systemd/system/bad.service', 9],
      [5, '/usr/lib/systemd/system/bad2.service', 6],
      [4, '/usr/lib/systemd/system/bad3.service', 3],
      [3, 'bad3.service', undefined],
      [3, 'bad.service', undefined],
      [3, 'bad4.service', undefined],
      [4, '/usr/lib/systemd/system/x.service', undefined],
    ]);
  });

  test('what is no message is handed back', () => {
    expect(unread).toEqual(['Killed']);
  });
});

test.each([
  ["Unknown key 'Restrat' in section [Service], ignoring.", 4, 'Restrat=always', 'error', 'Restrat'],
  ["Unknown key name 'Foo' in section 'Unit', ignoring.", 4, 'Foo=x', 'error', 'Foo'],
  ["Unknown section 'Instal'. Ignoring.", 4, '[Instal]', 'error', undefined],
  ['Failed to parse TimeoutStartSec= parameter, ignoring: xx', 4, 'TimeoutStartSec=xx', 'error', 'TimeoutStartSec'],
  ['Failed to parse Type=simpel, ignoring: Invalid argument', 4, '  Type = simpel', 'error', 'Type'],
  ['Command /usr/bin/nothing is not executable: No such file or directory', 3, undefined, 'error', 'ExecStart'],
  ['Failed to create bad4.service/start: Unit not-there.service not found.', 3, undefined, 'error', undefined],
  ['Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.', 3, undefined, 'error', undefined],
  ['Standard output type syslog is obsolete, automatically updating to journal.', 5, 'StandardOutput=syslog', 'warning', 'StandardOutput'],
  ['Invalid URL, ignoring: foo', 4, 'Documentation=foo', 'warning', 'Documentation'],
])('%s', (sentence, level, text, expected, setting) => {
  const mistake = mistakeOf({ sentence, level, unit: 'a.service', path: undefined, line: text === undefined ? undefined : 1 }, text ?? '');
  expect([mistake?.level, mistake?.setting]).toEqual([expected, setting]);
});

test('what systemd only wants to be known is no mistake', () => {
  expect(mistakeOf({ sentence: 'x', level: 6, unit: 'a.service', path: undefined, line: undefined }, '')).toBeUndefined();
});

test('a program that is missing fails the unit when it is what starts it; not where a condition asks for it, and not kill, which only minimal systems lack', () => {
  const levelOf = (command: string, file: string) => {
    const sentence = `Command ${command} is not executable: No such file or directory`;
    const mistake = mistakeOf({ sentence, level: 3, unit: 'a.service', path: undefined, line: undefined }, file);
    return mistake === undefined ? undefined : [mistake.level, mistake.setting];
  };
  expect(levelOf('/bin/a', '[Service]\nExecStartPre=-/bin/b\nExecStartPre=!/bin/a x\n')).toEqual(['error', 'ExecStartPre']);
  expect(levelOf('/bin/a', '[Service]\nExecStart=/bin/b\nExecReload=/bin/a x\n')).toEqual(['warning', 'ExecReload']);
  expect(levelOf('/bin/a', '')).toEqual(['error', 'ExecStart']);
  expect(levelOf('/bin/a', '[Unit]\nConditionFileIsExecutable=/bin/a\n[Service]\nExecStart=/bin/a\n')).toBeUndefined();
  expect(
    levelOf('/bin/a', '[Unit]\nConditionFileIsExecutable=/bin/ab\nConditionPathExists=!/bin/a\n[Service]\nExecStart=/bin/a\n'),
  ).toHaveLength(2);
  expect(levelOf('/bin/kill', 'ExecReload=/bin/kill -HUP $MAINPID\n')).toBeUndefined();
});
