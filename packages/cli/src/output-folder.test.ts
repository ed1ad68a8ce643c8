import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { finishOutput, stepsTable } from './output-folder.ts';
import type { StepRecord } from './record.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'output-'));
  await mkdir(join(folder, 'stage', 'logs'), { recursive: true });
  await writeFile(join(folder, 'stage', 'logs', 'build.log'), 'dpkg-buildpackage\n');
  await writeFile(join(folder, 'run.log'), '$ dpkg-buildpackage\n');
});

afterEach(() => rm(folder, { recursive: true }));

const oneStep: readonly StepRecord[] = [{ name: 'build-deb', outcome: 'passed', seconds: 1, outputs: {} }];

const finish = (steps: readonly StepRecord[], env: NodeJS.ProcessEnv = {}): Promise<void> =>
  finishOutput({ stage: join(folder, 'stage'), output: join(folder, 'out'), log: join(folder, 'run.log'), steps, text: '## Built\n', env });

describe('the table of steps', () => {
  test('says in one sentence that all went well', () => {
    expect(stepsTable([{ name: 'build-deb', outcome: 'passed', seconds: 2.04, outputs: {} }])).toBe(
      '# Local pipeline\n\nEverything ended well, in 2.0 s.\n\n| step | result | time |\n| --- | --- | ---: |\n| build-deb | passed | 2.0 s |\n',
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

test('the output folder gets the logs and a summary of steps and actions, and no temporary file stays', async () => {
  const output = join(folder, 'out');
  await finish(oneStep);
  expect(await readFile(join(output, 'summary.md'), 'utf8')).toMatch(/build-deb \| passed[\s\S]*## Built\n$/);
  expect(await readFile(join(output, 'logs', 'build.log'), 'utf8')).toBe('dpkg-buildpackage\n');
  expect(await readFile(join(output, 'logs', 'pipeline.log'), 'utf8')).toBe('$ dpkg-buildpackage\n');
  expect((await readdir(output)).sort()).toEqual(['logs', 'summary.md']);
});

test('what a checkout put in the place of these files is not written to, and no folder but our own', async () => {
  const [output, victim] = [join(folder, 'out'), join(folder, 'victim')];
  await writeFile(victim, 'precious');
  await mkdir(join(output, 'logs'), { recursive: true });
  for (const name of ['.summary.md', 'summary.md', 'logs/pipeline.log', 'logs/build.log']) await symlink(victim, join(output, name));
  await finish(oneStep);
  expect(await readFile(victim, 'utf8')).toBe('precious');
  expect(await readFile(join(output, 'logs', 'build.log'), 'utf8')).toBe('dpkg-buildpackage\n');
  await rm(output, { recursive: true });
  await mkdir(output);
  await mkdir(join(folder, 'elsewhere'));
  await symlink(join(folder, 'elsewhere'), join(output, 'logs'));
  await expect(finish(oneStep)).rejects.toThrowWithCode('E_PATH', /logs has to be a folder/);
  expect(await readdir(join(folder, 'elsewhere'))).toEqual([]);
});

test('a run that ended before its first step leaves no output folder', async () => {
  await finish([]);
  expect((await readdir(folder)).sort()).toEqual(['run.log', 'stage']);
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;

asRoot('under sudo everything belongs to the person who called it', async () => {
  const output = join(folder, 'out');
  await finish(oneStep, { SUDO_UID: '4711', SUDO_GID: '4712' });
  for (const path of [output, join(output, 'summary.md'), join(output, 'logs', 'build.log')]) {
    expect(await stat(path)).toMatchObject({ uid: 4711, gid: 4712 });
  }
});
