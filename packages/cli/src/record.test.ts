import { expect, test } from '@jest/globals';
import { recordingHost, UserError } from '@release-kit/action';
import { RunRecord } from './record.ts';

test('a step is remembered with its outputs, in a group of the log', async () => {
  await using host = await recordingHost();
  const record = new RunRecord();
  expect(await record.step('build-deb', async () => ({ version: '1' }), host)).toEqual({ version: '1' });
  expect(record.steps).toEqual([{ name: 'build-deb', outcome: 'passed', seconds: expect.any(Number), outputs: { version: '1' } }]);
  expect(host.recorded.lines.join('\n')).toContain('build-deb');
});

test('a step that fails is remembered and the error goes on', async () => {
  await using host = await recordingHost();
  const record = new RunRecord();
  await expect(record.step('lint', () => Promise.reject(new UserError('E_LINT', 'x')), host)).rejects.toThrowWithCode('E_LINT');
  expect(record.steps).toMatchObject([{ name: 'lint', outcome: 'failed' }]);
});

test('a skip is a value with a reason, and is said', async () => {
  await using host = await recordingHost();
  const record = new RunRecord();
  record.skip('draft-release', 'dry run', host);
  expect(record.steps).toEqual([{ name: 'draft-release', outcome: 'skipped', seconds: 0, outputs: {}, reason: 'dry run' }]);
  expect(host.recorded.lines).toContain('draft-release: skipped, dry run');
});
