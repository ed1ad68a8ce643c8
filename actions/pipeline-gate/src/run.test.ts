import { expect, test } from '@jest/globals';
import { readInputs, recordingHost } from '@release-kit/action';
import { run, spec } from './index.ts';

const inputs = (needs: unknown, workspace: string) =>
  readInputs(spec, { needs: JSON.stringify(needs) }, { workspace, nameOf: (name) => `input ${name}` });

test('the sentence of a run that passed is in the summary and in the output', async () => {
  await using host = await recordingHost();
  const result = 'packages and titles passed.';
  const needs = { packages: { result: 'success', outputs: {} }, titles: { result: 'success', outputs: {} } };
  expect(await run(inputs(needs, host.files.workspace), host)).toEqual({ result });
  expect(host.summary.text).toContain(`## ✅ ${result}`);
  expect(host.recorded.lines).toContain(result);
});

test('a job that failed fails the gate, which still says why', async () => {
  await using host = await recordingHost();
  const needs = { titles: { result: 'failure', outputs: { result: 'a <b>bold</b> | title' } } };
  const failing = run(inputs(needs, host.files.workspace), host);
  await expect(failing).rejects.toThrowWithCode('E_PIPELINE', /titles failed: a <b>/);
  await expect(failing).rejects.toMatchObject({ outputs: { result: 'titles failed: a <b>bold</b> | title.' } });
  expect(host.summary.text).toContain('## ❌ titles failed: a &lt;b&gt;bold&lt;/b&gt; \\| title.');
});
