import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { probeDocker, readProbe } from './docker-probe.ts';

/** Golden: what `docker version --format '{{.Server.Os}} {{.Server.Version}}'` said; clients 20.10.24 (Debian 12) and 28.2.2. */
const samples = {
  ready: { exitCode: 0, stdout: 'linux 20.10.24+dfsg1\n', stderr: '' },
  noDaemon: {
    exitCode: 1,
    stdout: '\n',
    stderr: 'Cannot connect to the Docker daemon at unix:///nonexistent/s. Is the docker daemon running?\n',
  },
  badAddress: {
    exitCode: 1,
    stdout: '',
    stderr: 'Failed to initialize: unable to resolve docker endpoint: invalid bind address format: ftp://x\n',
  },
  badContext: {
    exitCode: 1,
    stdout: '',
    stderr:
      'Failed to initialize: unable to resolve docker endpoint: context "nope": context not found: open /root/.docker/contexts/meta/ca37/meta.json: no such file or directory\n',
  },
  denied: {
    exitCode: 1,
    stdout: '\n',
    stderr:
      'permission denied while trying to connect to the Docker daemon socket at unix:///run/docker.sock: Get "http://%2Frun%2Fdocker.sock/v1.24/version": dial unix /run/docker.sock: connect: permission denied\n',
  },
};

describe('readProbe', () => {
  test('a daemon that answers is ready, with its version', () => {
    expect(readProbe(samples.ready)).toEqual({ kind: 'ready', version: '20.10.24+dfsg1' });
  });

  test.each([
    ['noDaemon', 'no-answer', /Is the docker daemon running/],
    ['badAddress', 'no-answer', /invalid bind address/],
    ['badContext', 'no-answer', /context not found/],
    ['denied', 'no-permission', /permission denied/],
  ] as const)('%s is told as what it is, in the words of the client', (name, kind, reason) => {
    expect(readProbe(samples[name])).toEqual({ kind, reason: expect.stringMatching(reason) });
  });

  test('a daemon for machines of another system is none', () => {
    expect(readProbe({ ...samples.ready, stdout: 'windows 28.2.2\n' })).toEqual({
      kind: 'no-answer',
      reason: expect.stringMatching(/windows/),
    });
  });
});

test('probeDocker asks the daemon that the environment names', async () => {
  await using host = await recordingHost({ env: { DOCKER_HOST: 'unix:///nonexistent/socket' } });
  expect((await probeDocker(host)).kind).toMatch(/^no-(?:answer|client)$/);
});
