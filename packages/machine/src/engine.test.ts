import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { parseDistribution } from '@release-kit/debian';
import { chooseEngine, createMachine, decideEngine } from './engine.ts';

describe('decideEngine', () => {
  const able = { root: true, nspawn: true };

  test('auto picks nspawn and says why', () => {
    expect(decideEngine('auto', able)).toEqual({ engine: 'nspawn', reason: expect.stringMatching(/installed/) });
    expect(decideEngine('nspawn', able)).toEqual({ engine: 'nspawn', reason: 'it was asked for' });
  });

  test.each(['auto', 'nspawn'] as const)('%s: without root or without nspawn there is a cure', (wanted) => {
    expect(() => decideEngine(wanted, { ...able, root: false })).toThrowWithCode('E_ENGINE', /root/);
    expect(() => decideEngine(wanted, { ...able, nspawn: false })).toThrowWithCode('E_ENGINE', /not installed/);
  });

  test('docker is told to be missing, even where nspawn is', () => {
    expect(() => decideEngine('docker', able)).toThrowWithCode('E_ENGINE', /docker is not there yet/);
  });
});

test('chooseEngine looks at this host', async () => {
  await using host = await recordingHost();
  await expect(chooseEngine(host, 'docker')).rejects.toThrowWithCode('E_ENGINE');
});

test('there is no machine of an engine that is not there', async () => {
  await using host = await recordingHost();
  const request = { distribution: parseDistribution('debian:12'), architecture: 'amd64', packages: [] };
  await expect(createMachine(host, { key: 'k', root: '/', layers: [], origin: 'cache', request }, 'docker')).rejects.toThrowWithCode(
    'E_ENGINE',
  );
});
