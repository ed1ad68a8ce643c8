import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { usualBaseline } from './baseline-file.ts';
import { findingOf } from './hint.test-support.ts';
import { findingsBefore, knownOf, openPast, type PastQuestion } from './past.ts';

async function opened(host: RecordingHost, given: Partial<PastQuestion>) {
  await using stack = new AsyncDisposableStack();
  const nothing = { baseline: undefined, configured: undefined, compareWith: undefined };
  return openPast({ source: host.files.workspace, ...nothing, failOnNew: 'never', updateBaseline: false, ...given }, host, stack);
}

test('a baseline that somebody named has to be there, unless it is to be written', async () => {
  await using host = await recordingHost();
  const path = join(host.files.workspace, 'known');
  await expect(opened(host, { baseline: path })).rejects.toThrowWithCode('E_BASELINE', /^the baseline known does not exist$/);
  await expect(opened(host, { configured: path })).rejects.toThrowWithCode('E_BASELINE');
  expect((await opened(host, { baseline: path, updateBaseline: true })).baseline).toMatchObject({ path, entries: undefined });
  expect((await opened(host, {})).baseline).toMatchObject({ shown: usualBaseline, entries: undefined });
  expect(host.recorded.lines).toEqual([]);
});

test('who fails on new findings without anything to compare with is told that all are new', async () => {
  await using host = await recordingHost();
  await opened(host, { failOnNew: 'warning' });
  expect(host.recorded.lines).toEqual([`there is no baseline ${usualBaseline}, and nothing to compare with: every finding counts as new`]);
});

test('what is known comes from the baseline and from what compare-with names', async () => {
  await using host = await recordingHost();
  const finding = findingOf({ tag: 'b' });
  await mkdir(join(host.files.workspace, 'debian'));
  await writeFile(join(host.files.workspace, usualBaseline), 'hello: a\n');
  await mkdir(join(host.files.workspace, 'old'));
  await writeFile(join(host.files.workspace, 'old', 'hello_1_all.deb'), '');
  const past = await opened(host, { compareWith: join(host.files.workspace, 'old') });
  expect(knownOf(past, [finding], new Map()).map(({ name, entries }) => [name, ...entries.map((entry) => entry.past.tag)])).toEqual([
    [`the baseline ${usualBaseline}`, 'a'],
    ['the packages in old', 'b'],
  ]);
  expect(findingsBefore(past.before, [finding])).toEqual([finding]);
  expect(findingsBefore(undefined, [finding])).toBeUndefined();
});
