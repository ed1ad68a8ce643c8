import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readInputs, recordingHost } from '@release-kit/action';
import { findProgram } from '@release-kit/machine';
import { install } from './install.ts';
import { run } from './run.ts';
import { spec } from './spec.ts';

const able = process.getuid?.() === 0 && (await findProgram('apt-get', process.env['PATH'])) !== undefined;
const cache = process.env['RELEASE_KIT_CACHE'] ?? join(homedir(), '.cache', 'release-kit');
const inputs = readInputs(spec, {}, { workspace: '/', nameOf: (name) => `input ${name}` });

(able || process.env['CI'] ? describe : describe.skip)('setup-cross on this host', () => {
  test('makes the host able, and the second time finds nothing to do', async () => {
    await using first = await recordingHost({ cache });
    const outputs = await run(inputs, first);
    expect(outputs).toMatchObject({
      strategy: 'native',
      engine: 'nspawn',
      baseSystem: expect.stringMatching(/^debian-12-amd64-[0-9a-f]{16}-[0-9a-f]{16}$/),
    });
    await using second = await recordingHost({ cache });
    expect(await run(inputs, second)).toEqual({ ...outputs, installed: '', baseOrigin: 'cache' });
    expect(second.recorded.lines).toEqual(
      expect.arrayContaining([
        'Nothing to install: this host has all that machines need',
        expect.stringMatching(/^Machines run by nspawn: /),
        'A machine runs: debian:12 amd64',
      ]),
    );
    expect(second.recorded.lines.filter((line) => line.startsWith('Base system to '))).toHaveLength(3);
  }, 600_000);

  test('says what it installs and why before it does, and is content with what is there', async () => {
    await using host = await recordingHost();
    expect(await install(host, [{ program: 'x', package: 'hostname', why: 'for this test' }])).toEqual(['hostname']);
    expect(host.recorded.lines[0]).toBe('Installing 1 package: hostname (for this test)');
    expect(host.recorded.lines[1]).toBe('▸ Install what is missing');
  }, 300_000);

  test('a package that apt does not know is named', async () => {
    await using host = await recordingHost();
    await expect(install(host, [{ program: 'x', package: 'release-kit-no-such', why: 'y' }])).rejects.toThrowWithCode(
      'E_HOST',
      /apt cannot install release-kit-no-such/,
    );
  }, 300_000);
});
