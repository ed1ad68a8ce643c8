import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { keptLog } from './kept-log.ts';
import { temporaryFolder } from './temporary.ts';

test('lines are kept in a file whose folder is made', async () => {
  await using folder = await temporaryFolder('/tmp', 'log-test');
  const file = join(folder.path, 'logs', 'run.log');
  const warnings: string[] = [];
  const keep = keptLog(file, (text) => warnings.push(text));
  keep('one');
  keep('two');
  expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
  expect(warnings).toEqual([]);
});

test.each([
  ['/dev/full', /^the log of this run ends here, as \/dev\/full cannot be written: no space is left on its disk$/],
  ['/dev/null/run.log', /^the log of this run ends here, as \/dev\/null\/run\.log cannot be written: E[A-Z]+$/],
])('%s refuses: that is told once, and the run goes on', (file, told) => {
  const warnings: string[] = [];
  const keep = keptLog(file, (text) => warnings.push(text));
  keep('one');
  keep('two');
  expect(warnings).toEqual([expect.stringMatching(told)]);
});

test('without a file nothing is kept, and nothing told', () => {
  const warnings: string[] = [];
  keptLog(undefined, (text) => warnings.push(text))('one');
  expect(warnings).toEqual([]);
});
