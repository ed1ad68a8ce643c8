import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { findProgram, missingTools, parseDistribution } from '@release-kit/machine';
import { install } from './install.ts';
import { run } from './run.ts';

const able = process.getuid?.() === 0 && (await findProgram('apt-get', process.env['PATH'])) !== undefined;
const cache = process.env['RELEASE_KIT_CACHE'] ?? join(homedir(), '.cache', 'release-kit');
const inputs = { distribution: 'debian:12', architecture: 'amd64', install: true, engine: 'auto', mirror: undefined } as const;

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

  test('with install: false, what is missing is named with its cure, and nothing is installed', async () => {
    await using host = await recordingHost({ cache });
    const missing = await missingTools(host, parseDistribution('ubuntu:24.04'));
    const running = run({ ...inputs, distribution: 'ubuntu:24.04', install: false }, host);
    if (missing.length === 0) return void (await running);
    // Debian 12 and older have no package with Ubuntu's keys.
    const isOldDebian = /^VERSION_CODENAME=(?:bullseye|bookworm)$/m.test(await readFile('/etc/os-release', 'utf8'));
    if (isOldDebian) await expect(running).rejects.toThrowWithCode('E_HOST', /base systems of Ubuntu need the keys/);
    else await expect(running).rejects.toThrowWithCode('E_TOOL_MISSING', /this host lacks .*ubuntu-keyring/);
    expect(await missingTools(host, parseDistribution('ubuntu:24.04'))).toEqual(missing);
  }, 600_000);
});
