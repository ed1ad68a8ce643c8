import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Artifacts, type Host, recordingHost } from '@release-kit/action';
import { artifactNameOf, finishLogs, openLogs, stepsText } from './logs.ts';
import { failedTrack, resultOf, sampleResults } from './smoke-result.test-support.ts';
import { keepOutput, logFolder } from './track-log.ts';

function keptIn(uploads: [string, readonly string[]][]): Artifacts {
  return {
    upload: async (name, files, root) => {
      uploads.push([name, files.map((file) => file.slice(root.length + 1))]);
      return { id: '1', digest: '' };
    },
    download: async () => {},
  };
}

describe('logs', () => {
  test('without an input nothing is kept; an artifact needs GitHub and a name that it takes', async () => {
    await using host = await recordingHost();
    await using none = await openLogs({ logs: undefined, artifact: undefined }, 'x', host);
    expect(none.folder).toBeUndefined();
    await expect(openLogs({ logs: undefined, artifact: 'auto' }, 'x', host)).rejects.toThrowWithCode('E_INPUT', /on GitHub only/);
    const onGitHub: Host = { ...host, artifacts: keptIn([]) };
    await expect(openLogs({ logs: undefined, artifact: 'a/b' }, 'x', onGitHub)).rejects.toThrowWithCode('E_INPUT', /cannot be the name/);
  });

  test('an artifact of a run that failed holds all files, that of one that passed is none', async () => {
    await using host = await recordingHost();
    const uploads: [string, readonly string[]][] = [];
    const onGitHub: Host = { ...host, artifacts: keptIn(uploads) };
    await using logs = await openLogs(
      { logs: undefined, artifact: 'auto' },
      artifactNameOf({ sources: [{ package: 'web', version: '1' }] }, [resultOf('debian:12/arm64').target]),
      onGitHub,
    );
    await writeFile(join(await logFolder(logs.folder ?? '', 'debian:12/amd64', 'life cycle'), 'journal.log'), 'x');
    await finishLogs(logs, [resultOf('debian:12/amd64')], onGitHub);
    expect(uploads).toEqual([]);
    await finishLogs(logs, [resultOf('debian:12/amd64', { outcome: 'failed', tracks: [failedTrack()] })], onGitHub);
    expect(uploads).toEqual([
      ['web-smoke-debian-12-arm64', ['debian-12-amd64/life-cycle/journal.log', 'debian-12-amd64/life-cycle/steps.log', 'report.json']],
    ]);
  });

  test('a folder stays, with the steps of each track and the report; an upload that fails is a warning', async () => {
    await using host = await recordingHost();
    const folder = join(host.files.workspace, 'logs');
    const onGitHub: Host = { ...host, artifacts: { upload: () => Promise.reject(new Error('no')), download: async () => {} } };
    {
      await using logs = await openLogs({ logs: folder, artifact: 'smoke' }, 'x', onGitHub);
      await finishLogs(logs, sampleResults(), onGitHub);
    }
    expect((await readdir(folder)).sort()).toEqual(['debian-12-amd64', 'debian-13-amd64', 'report.json']);
    expect(
      host.recorded.annotations
        .concat()
        .map(({ message }) => message)
        .concat(host.recorded.lines)
        .join('\n'),
    ).toContain('the logs were not uploaded: no');
  });

  test('steps stand with their problems and all of the evidence', () => {
    const lines = stepsText(failedTrack()).split('\n');
    expect(lines.slice(0, 3)).toEqual(['life cycle: failed', '✓ install (1.2 s): fine', '– upgrade (1.2 s): no previous release is named']);
    expect(lines).toContain('  E_SMOKE_LEFTOVER left-behind: debian/postrm:4: /x stayed');
    expect(lines).toContain('  | /x');
  });
});

test('what package managers print is kept, what else runs is not', async () => {
  await using host = await recordingHost();
  const folder = await logFolder(host.files.workspace, 'debian:12/amd64', 'life cycle');
  const run = keepOutput(async () => ({ exitCode: 1, stdout: 'out\n', stderr: 'err\n' }), folder);
  const options = { allow: 'any', timeout: 1, env: {} } as const;
  await run(['apt-get', 'install'], options);
  await run(['find', '/'], options);
  expect(await readFile(join(folder, 'packages.log'), 'utf8')).toBe('$ apt-get install\nout\nerr\n\nended with 1\n\n');
});

test('what a checkout put in the place of a log is not written to', async () => {
  await using host = await recordingHost();
  const [victim, root] = [join(host.files.workspace, 'victim'), join(host.files.workspace, 'logs')];
  await writeFile(victim, 'precious\n');
  const folder = await logFolder(root, 'debian:12/amd64', 'life cycle');
  for (const name of ['packages.log', 'steps.log']) await symlink(victim, join(folder, name));
  await symlink(victim, join(root, 'report.json'));
  const run = keepOutput(async () => ({ exitCode: 0, stdout: '', stderr: '' }), folder);
  await expect(run(['apt-get', 'install'], { allow: 'any', timeout: 1, env: {} })).rejects.toThrowWithCode('E_PATH', /packages\.log/);
  await using logs = await openLogs({ logs: root, artifact: undefined }, 'unused', host);
  await finishLogs(logs, [resultOf('debian:12/amd64', { outcome: 'failed', tracks: [failedTrack()] })], host);
  expect(await readFile(victim, 'utf8')).toBe('precious\n');
});

test('folders of any target and track stay below the root', async () => {
  await using host = await recordingHost();
  const root = host.files.workspace;
  expect(await logFolder(root, 'debian:12/amd64', 'beside nginx')).toBe(join(root, 'debian-12-amd64/beside-nginx'));
  expect(await logFolder(root, '../..', '/')).toBe(join(root, 'other/other'));
});
