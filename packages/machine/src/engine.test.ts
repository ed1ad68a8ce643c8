import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { type Abilities, chooseEngine, decideEngine } from './engine.ts';

describe('decideEngine', () => {
  const able: Abilities = { root: true, nspawn: { kind: 'ready' }, docker: undefined };
  const docker = { kind: 'ready', version: '20.10.24' } as const;
  const refused = { kind: 'refused', reason: 'unshare: unshare failed: Operation not permitted' } as const;

  test('auto picks nspawn and says why', () => {
    expect(decideEngine('auto', able)).toEqual({ engine: 'nspawn', reason: expect.stringMatching(/installed/) });
    expect(decideEngine('auto', { ...able, docker })).toMatchObject({ engine: 'nspawn' });
    expect(decideEngine('nspawn', able)).toEqual({ engine: 'nspawn', reason: 'it was asked for' });
  });

  test('auto picks Docker where nspawn cannot run, and says why', () => {
    expect(decideEngine('auto', { ...able, nspawn: { kind: 'not-installed' }, docker })).toEqual({
      engine: 'docker',
      reason: 'systemd-nspawn is not installed, and a Docker daemon (20.10.24) answers',
    });
    expect(decideEngine('auto', { ...able, nspawn: refused, docker })).toEqual({
      engine: 'docker',
      reason: expect.stringMatching(/cannot run here: .*not permitted, and a Docker daemon/),
    });
  });

  test('what was asked for is taken, whatever else is there', () => {
    expect(decideEngine('docker', { ...able, docker })).toEqual({ engine: 'docker', reason: 'it was asked for' });
    expect(() => decideEngine('nspawn', { ...able, nspawn: refused, docker })).toThrowWithCode('E_ENGINE', /cannot run here/);
  });

  test.each(['auto', 'nspawn', 'docker'] as const)('%s: without root there is a cure', (wanted) => {
    expect(() => decideEngine(wanted, { ...able, docker, root: false })).toThrowWithCode('E_ENGINE', /root/);
  });

  test.each([
    [{ kind: 'no-client' }, /client is not installed/, /docker\.io/],
    [{ kind: 'no-answer', reason: 'Cannot connect' }, /does not answer: Cannot connect/, /Start the daemon/],
    [{ kind: 'no-permission', reason: 'denied' }, /may not be used: denied/, /sudo/],
  ] as const)('a Docker that cannot be used (%o) is told with its own cure', (state, message, cure) => {
    const decide = () => decideEngine('docker', { ...able, docker: state });
    expect(decide).toThrowWithCode('E_ENGINE', message);
    expect(decide).toThrow(expect.objectContaining({ cure: expect.stringMatching(cure) }));
    expect(() => decideEngine('auto', { ...able, nspawn: { kind: 'not-installed' }, docker: state })).toThrowWithCode(
      'E_ENGINE',
      new RegExp(`systemd-nspawn is not installed, and .*${message.source}`),
    );
  });
});

test('chooseEngine looks at this host', async () => {
  await using host = await recordingHost({ env: { DOCKER_HOST: 'unix:///nonexistent/socket' } });
  await expect(chooseEngine(host, 'docker')).rejects.toThrowWithCode('E_ENGINE');
});
