import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { findBuildLogs } from './build-logs.ts';

test('the log beside the manifest is taken, a file that was named, and all of a folder, but no links', async () => {
  await using host = await recordingHost();
  const place = host.files.workspace;
  expect(await findBuildLogs(undefined, place)).toEqual([]);
  const logs = join(place, 'logs');
  await mkdir(join(logs, 'arm64'), { recursive: true });
  await expect(findBuildLogs(logs, place)).rejects.toThrowWithCode('E_PATH', /holds no build\.log$/);
  await symlink('/etc/passwd', join(logs, 'build.log'));
  expect(await findBuildLogs(undefined, place)).toEqual([]);
  await writeFile(join(logs, 'arm64', 'build.log'), 'x');
  await writeFile(join(logs, 'other.log'), 'x');
  expect(await findBuildLogs(logs, place)).toEqual([join(logs, 'arm64', 'build.log')]);
  expect(await findBuildLogs(join(logs, 'other.log'), place)).toEqual([join(logs, 'other.log')]);
});
