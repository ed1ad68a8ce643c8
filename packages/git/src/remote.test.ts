import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { remoteWith, shallowClone } from './deepen.test-support.ts';
import { servedByHttp } from './http-remote.test-support.ts';
import { deepenTo, openGit } from './index.ts';

const history = Array.from({ length: 5 }, (_, at) => ({ parents: at === 0 ? [] : [at - 1], tags: at === 1 ? ['v1'] : [] }));

/** A shallow clone with these settings, completed; what there is to read then. */
async function completed(
  host: RecordingHost,
  folder: string,
  ...settings: readonly (readonly [string, string])[]
): Promise<readonly string[]> {
  for (const [key, value] of settings) await host.exec(['git', 'config', key, value], { cwd: folder });
  await using checkout = await openGit(host, folder);
  const sha = (await checkout.run(['rev-parse', 'HEAD'])).stdout.trim();
  const git = await deepenTo(host, checkout, { sha, candidates: (tags) => tags, enough: () => true, paths: false });
  if (git === undefined) throw new Error('the clone is not shallow');
  await using deepened = git;
  return (await deepened.run(['log', '--format=%s'])).stdout.trim().split('\n');
}

describe('the remote of a shallow checkout', () => {
  test('that is gone, or missing, or starts a program, ends with E_GIT and a cure', async () => {
    await using host = await recordingHost();
    const folder = await shallowClone(host, await remoteWith(host, history));
    const cure = expect.stringContaining('fetch-depth: 0');
    for (const url of [
      'file:///nowhere/x.git',
      'ext::sh -c touch% proof',
      'data:x://y',
      '--upload-pack=touch proof',
      'http://127.0.0.1:9/x',
    ])
      await expect(completed(host, folder, ['remote.origin.url', url])).rejects.toMatchObject({ code: 'E_GIT', cure });
    expect(existsSync(join(folder, 'proof'))).toBe(false);
    await host.exec(['git', 'remote', 'remove', 'origin'], { cwd: folder });
    await expect(completed(host, folder)).rejects.toMatchObject({ code: 'E_GIT', cure });
  });

  test('gets nothing of the checkout but address and headers: no program that its configuration names is started', async () => {
    await using host = await recordingHost();
    const folder = await shallowClone(host, await remoteWith(host, history));
    const proof = join(host.files.workspace, 'started');
    const program = join(host.files.workspace, 'program');
    await writeFile(program, `#!/bin/sh\ntouch '${proof}'\nexec "$@"\n`, { mode: 0o755 });
    await writeFile(join(folder, '.git/hooks/reference-transaction'), `#!/bin/sh\ntouch '${proof}'\n`, { mode: 0o755 });
    const programs = [
      'core.sshCommand',
      'core.gitProxy',
      'core.fsmonitor',
      'core.askPass',
      'credential.helper',
      'core.alternateRefsCommand',
      'remote.origin.uploadpack',
    ];
    expect(await completed(host, folder, ...programs.map((key) => [key, program] as const))).toHaveLength(4);
    expect(existsSync(proof)).toBe(false);
  });

  test('is asked with the header that actions/checkout leaves, which no argument shows', async () => {
    await using host = await recordingHost();
    await remoteWith(host, history);
    await using server = await servedByHttp(host, join(host.files.workspace, 'remote.git'), 'basic c2VjcmV0');
    const folder = join(host.files.workspace, 'checkout');
    const header = [`http.${server.url}/.extraheader`, 'AUTHORIZATION: basic c2VjcmV0'] as const;
    await host.exec(['git', '-c', header.join('='), 'clone', '--quiet', '--no-tags', '--depth=1', server.url, folder]);
    await expect(completed(host, folder)).rejects.toThrowWithCode('E_GIT', /cannot be got from http:/);
    expect(await completed(host, folder, header)).toHaveLength(4);
    // Later versions of it keep the header in a file of its own, and include that by the place of the checkout.
    await host.exec(['git', 'config', '--unset', header[0]], { cwd: folder });
    const file = join(host.files.workspace, 'credentials');
    await host.exec(['git', 'config', '--file', file, ...header]);
    expect(await completed(host, folder, [`includeIf.gitdir:${folder}/.git.path`, file])).toHaveLength(4);
    expect(host.recorded.lines.join('\n')).not.toContain('c2VjcmV0');
  });

  test('that cannot leave out files is read with them', async () => {
    await using host = await recordingHost();
    const url = await remoteWith(host, history);
    const folder = await shallowClone(host, url);
    await host.exec(['git', 'config', 'uploadpack.allowFilter', 'false'], { cwd: url.slice('file://'.length) });
    expect(await completed(host, folder)).toHaveLength(4);
  });

  test('need not have the newest commits', async () => {
    await using host = await recordingHost();
    const folder = await shallowClone(host, await remoteWith(host, history));
    await host.exec(['git', '-c', 'user.name=A', '-c', 'user.email=a@example.org', 'commit', '-q', '--allow-empty', '-m', 'own'], {
      cwd: folder,
    });
    expect(await completed(host, folder)).toEqual(['own', ...[4, 3, 2, 1, 0].map((index) => `commit ${index}`)]);
  });
});
