import { expect, test } from '@jest/globals';
import { recordingHost, UserError } from '@release-kit/action';
import type { Step } from '../steps.ts';
import { againText, failureShell, ShellLeft } from './failure-shell.ts';

const step: Step = { name: 'install', result: 'failed', milliseconds: 1, note: '', problems: [] };
const ended = { exitCode: 0, stdout: '', stderr: '' };

test('who asked for a shell gets it in the machine as it is now, and the track ends when it is left', async () => {
  await using plain = await recordingHost();
  const shell = failureShell({ ...plain, onFailure: 'shell' }, 'debian:12/amd64, life cycle');
  const given: unknown[] = [];
  shell.watch({ run: async () => ended }, { network: true });
  const booted = shell.watch(
    {
      run: async (argv, command) => {
        given.push([argv, command?.terminal, command?.network]);
        return ended;
      },
    },
    { network: false },
  );
  await booted.run(['apt-get', 'install', '/srv/a b.deb'], {});
  await expect(shell.open(step)).rejects.toBeInstanceOf(ShellLeft);
  expect(given[1]).toEqual([['bash', '--norc', '-i'], true, undefined]);
  expect(plain.recorded.lines).toEqual([
    'A shell in the machine of debian:12/amd64, life cycle, after the step install, as root, in /, without network. Leave it with exit; the machine is gone then, and the rest of the track is not run.',
    "To try again: apt-get install '/srv/a b.deb'",
  ]);
});

test('nobody gets one who did not ask, and where there is no terminal the run goes on', async () => {
  await using plain = await recordingHost();
  const machine = { run: () => Promise.reject(new UserError('E_HOST', 'there is no terminal')) };
  const without = failureShell(plain, 'x');
  without.watch(machine, { network: false });
  await without.open(step);
  expect(plain.recorded.lines).toEqual([]);
  const asked = failureShell({ ...plain, onFailure: 'shell' }, 'x');
  asked.watch(machine, { network: false });
  await asked.open(step);
  expect(plain.recorded.lines.at(-1)).toBe('warning: no shell: there is no terminal');
});

test('a unit is started again, and its journal shown', () => {
  const unit = { category: 'unit-failed', message: 'm', subject: { kind: 'unit', unit: 'a@b.service' } } as const;
  expect(againText([unit], ['true'])).toBe('systemctl restart a@b.service; systemctl status a@b.service; journalctl --unit=a@b.service');
  expect(againText([], undefined)).toBeUndefined();
});
