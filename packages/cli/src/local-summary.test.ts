import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { stepsTable, writeLocalSummary } from './local-summary.ts';
import { RunRecord } from './record.ts';

describe('the table of steps', () => {
  test('says in one sentence that all went well', () => {
    expect(stepsTable([{ name: 'build-deb', outcome: 'passed', seconds: 2.04, outputs: {} }])).toBe(
      '# Local pipeline\n\nAll 1 steps ended well in 2.0 s.\n\n| step | result | time |\n| --- | --- | ---: |\n| build-deb | passed | 2.0 s |\n',
    );
  });

  test('names the step that failed, and why another was skipped', () => {
    const table = stepsTable([
      { name: 'changelog', outcome: 'skipped', seconds: 0, outputs: {}, reason: 'no history' },
      { name: 'lintian-check', outcome: 'failed', seconds: 1, outputs: {} },
    ]);
    expect(table).toContain('**lintian-check failed** after 1.0 s.');
    expect(table).toContain('| changelog | skipped: no history |  |');
  });
});

test('summary.md holds the steps and what the actions wrote, and no temporary file stays', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'summary-'));
  const record = new RunRecord();
  record.steps.push({ name: 'build-deb', outcome: 'passed', seconds: 1, outputs: {} });
  await writeLocalSummary(join(folder, 'out'), record, '## Built\n');
  expect(await readFile(join(folder, 'out', 'summary.md'), 'utf8')).toMatch(/build-deb \| passed[\s\S]*## Built\n$/);
  expect(await readdir(join(folder, 'out'))).toEqual(['summary.md']);
  await rm(folder, { recursive: true });
});

test('a run that ended before its first step leaves no summary', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'summary-'));
  await writeLocalSummary(join(folder, 'out'), new RunRecord(), '');
  expect(await readdir(folder)).toEqual([]);
  await rm(folder, { recursive: true });
});
