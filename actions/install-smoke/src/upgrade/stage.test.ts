import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { type Problem, ProblemError } from '../problem.ts';
import { startSteps } from '../steps.ts';
import { brokenBy, changeFailed, forgiven, stageSteps } from './stage.ts';

const unhealthy: Problem = { category: 'unhealthy', message: 'no answer', place: { file: 'release-kit.yml', line: 4 } };

test('steps say at which point they are, and what they find is changed, also what ends them', async () => {
  await using host = await recordingHost();
  const steps = startSteps(host);
  const staged = stageSteps(steps, 'previous', forgiven);
  await staged.run('services', async () => ({ note: 'x', problems: [unhealthy] }));
  expect(await staged.run('commands', () => Promise.reject(new ProblemError(unhealthy)))).toBeUndefined();
  expect(steps.list.map(({ name, result }) => `${name}: ${result}`)).toEqual([
    'services (previous): passed',
    'commands (previous): passed',
  ]);
  expect(staged.problems.map(({ level }) => level)).toEqual(['warning', 'warning']);
});

test('what fails after a change of the version is broken state, unless it failed before', () => {
  expect(brokenBy('the roll back', [])(unhealthy)).toMatchObject({ category: 'state-broken', message: 'after the roll back: no answer' });
  expect(brokenBy('the roll back', [{ ...unhealthy, message: 'status 500', level: 'warning' }])(unhealthy)).toMatchObject({
    category: 'unhealthy',
    level: 'warning',
  });
});

test('a script that hangs is named as such in an upgrade, too', () => {
  const change = changeFailed('upgrade-failed', 'upgrade to 2');
  expect(change({ category: 'script-failed', message: 'm' })).toMatchObject({ category: 'upgrade-failed', message: 'upgrade to 2: m' });
  expect(change({ category: 'script-hangs', message: 'm' })).toMatchObject({ category: 'script-hangs', message: 'm' });
});
