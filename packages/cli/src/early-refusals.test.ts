import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runIn } from './program-run.test-support.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refused-'));
});

afterAll(() => rm(folder, { recursive: true }));

test.each(['lint', 'smoke', 'sign'])('%s says that nothing was built yet, and how to build', async (stage) => {
  const { exitCode, stdout } = await runIn({ folder }, [stage, '--output', 'my packages']);
  expect(exitCode).toBe(2);
  expect(stdout).toContain(`${stage}: E_PATH\nnothing was built yet: my packages holds no manifest.json\n`);
  expect(stdout).toContain("What to do: Build first, with release-kit build --output='my packages', or");
});

test.each(['--fail-on', '--fail-on-new'])('release refuses a wrong %s before it does anything', async (flag) => {
  const { exitCode, stdout, stderr } = await runIn({ folder }, ['release', flag, 'wrong']);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toContain("argument 'wrong' is invalid. Allowed choices are error, warning, info, pedantic, never.");
});

test('config shows no defaults of a folder that is not there', async () => {
  await writeFile(join(folder, 'file'), '');
  const missing = await runIn({ folder }, ['config', 'nowhere']);
  expect(missing.exitCode).toBe(2);
  expect(missing.stdout).toContain('config: E_PATH\nnowhere does not exist\nWhat to do: Name the folder that holds release-kit.yml');
  expect((await runIn({ folder }, ['config', 'file'])).stdout).toContain('file is not a folder');
});
