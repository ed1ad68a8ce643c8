import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

test('where no temporary folder can be made that is told as every other mistake', () => {
  const main = join(import.meta.dirname, 'main.ts');
  const env = { PATH: process.env['PATH'], TMPDIR: '/tmp/release-kit-none', NODE_OPTIONS: '' };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--conditions=release-kit:source', main, '--json', 'plan'], {
    env,
    encoding: 'utf8',
  });
  expect(stderr).toContain('\nplan: E_HOST\nno temporary folder can be made in /tmp/release-kit-none: ENOENT\n');
  expect(JSON.parse(stdout)).toMatchObject({ exitCode: 2, steps: [], error: { code: 'E_HOST' } });
  expect(status).toBe(2);
});
