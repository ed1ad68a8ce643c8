import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { ProblemError } from '../problem.ts';
import { startSteps } from '../steps.ts';
import type { PlainMachine } from './track.ts';
import { withoutSystemd } from './without-systemd.ts';

const packages = { label: 'new', packages: [{ name: 'hello', version: '1.0', architecture: 'all', file: '/x.deb' }] };
const run: PlainMachine['run'] = async () => ({ exitCode: 0, stdout: '', stderr: '' });
const installation = { output: '', warnings: [], kept: [] };

test('it is told only after a purge that passed', async () => {
  await using host = await recordingHost();
  const steps = startSteps(host);
  expect(withoutSystemd.isDue(steps)).toBe(false);
  await steps.run('purge', async () => ({ note: '', problems: [{ category: 'removal-failed', message: 'm' }] }));
  expect(withoutSystemd.isDue(steps)).toBe(false);
  await steps.run('purge', async () => ({ note: 'purged' }));
  expect(withoutSystemd.isDue(steps)).toBe(true);
});

test('what runs beside the life cycle says nothing before it is told', async () => {
  await using host = await recordingHost();
  const steps = startSteps(host);
  const done: string[] = [];
  const install = async () => {
    done.push('install');
    return installation;
  };
  const remove = async () => {
    done.push('remove');
    return ['needs-it'];
  };
  const manager = { install, remove, purge: async () => void done.push('purge') };
  const begun = await withoutSystemd.begin({ run, manager, packages, steps });
  expect({ done, told: steps.list, lines: host.recorded.lines }).toEqual({ done: ['install', 'remove', 'purge'], told: [], lines: [] });
  for (const step of begun) await step.tell();
  expect(steps.list.map(({ name, result }) => [name, result])).toEqual([
    ['install without systemd', 'passed'],
    ['purge without systemd', 'passed'],
  ]);
});

test('a failure says that systemd did not run, and nothing is purged after it', async () => {
  await using host = await recordingHost();
  const steps = startSteps(host);
  const failure = { category: 'script-failed', message: 'the postinst script of hello failed' } as const;
  const never = () => Promise.reject(new Error('not to be asked'));
  const manager = { install: () => Promise.reject(new ProblemError(failure)), remove: never, purge: never };
  for (const step of await withoutSystemd.begin({ run, manager, packages, steps })) await step.tell();
  expect(steps.problems).toMatchObject([{ message: 'where systemd does not run, the postinst script of hello failed' }]);
  expect(steps.list).toHaveLength(1);
});
