import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { tellLostOutput } from './lost-output.ts';

test('what a full disk did not take is told, and is no success', () => {
  const program = [process.execPath, '--conditions=release-kit:source', join(import.meta.dirname, 'main.ts'), 'config'];
  const run = (to: string) =>
    spawnSync('sh', ['-c', 'out=$1; shift; exec "$@" > "$out"', 'sh', to, ...program], {
      env: { PATH: process.env['PATH'] },
      encoding: 'utf8',
    });
  expect(run('/dev/null')).toMatchObject({ status: 0, stderr: '' });
  const full = run('/dev/full');
  expect(full.stderr).toBe('release-kit: standard output cannot be written, so it is not whole: no space is left on its disk\n');
  expect(full.status).toBe(2);
});

test.each([
  ['EPIPE', 0, 0],
  ['EPIPE', 130, 130],
  ['EIO', 0, 2],
  ['EIO', 130, 2],
  ['EIO', 1, 1],
] as const)('%s makes of exit code %d a %d', async (code, before, after) => {
  const told: string[] = [];
  let fail: (error: unknown) => void = () => {};
  const stdout: Parameters<typeof tellLostOutput>[0]['stdout'] = {
    on: (_name: string, listener: (error: unknown) => void) => {
      fail = listener;
      return process.stdout;
    },
  };
  const stderr = {
    write: (text: string | Uint8Array) => {
      told.push(String(text));
      return true;
    },
  };
  const run = async () => {
    fail(Object.assign(new Error(code), { code }));
    return before;
  };
  expect(await tellLostOutput({ stdout, stderr }, run)).toBe(after);
  expect(told).toHaveLength(code === 'EPIPE' ? 0 : 1);
});
