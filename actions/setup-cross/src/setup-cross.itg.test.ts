import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { readInputs, recordingHost } from '@release-kit/action';
import { architectureOf, crossRoot } from '@release-kit/cross';
import { findProgram } from '@release-kit/machine';
import { aptState } from './apt-state.ts';
import { hostArchitecture } from './architecture.ts';
import { probeSuites } from './archive-probe.ts';
import { emulate } from './emulation.ts';
import { install } from './install.ts';
import { emulationNeed } from './needs.ts';
import { run } from './run.ts';
import { spec } from './spec.ts';

const able = process.getuid?.() === 0 && (await findProgram('apt-get', process.env['PATH'])) !== undefined;
const cache = process.env['RELEASE_KIT_CACHE'] ?? join(homedir(), '.cache', 'release-kit');
const read = (given: Readonly<Record<string, string>>) => readInputs(spec, given, { workspace: '/', nameOf: (name) => `input ${name}` });
const inputs = read({});

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

  test('an image takes the place of the archive for the system that is built in', async () => {
    await using host = await recordingHost({ cache });
    const image = join(host.files.workspace, 'image.tar');
    await host.exec(['tar', '--create', `--file=${image}`, '--files-from=/dev/null']);
    await expect(run(read({ image }), host)).rejects.toThrowWithCode('E_BASE_SYSTEM', /the image holds no system with dpkg/);
    expect(host.recorded.lines.filter((line) => line.startsWith('Base system to ')).map((line) => line.split(' ')[3])).toEqual(
      expect.arrayContaining(['lint', 'smoke']),
    );
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

  test('a toolchain for the host itself, with libraries that are there, installs nothing where the compilers are', async () => {
    await using host = await recordingHost();
    const own = await hostArchitecture(host);
    const given = { prepare: 'toolchain', architecture: own, libraries: 'libc6-dev' };
    const outputs = await run(read(given), host);
    expect(outputs).toMatchObject({ strategy: 'native', engine: '', baseSystem: '', emulator: '', cmakeToolchainFile: '' });
    expect(host.recorded.exported.get('CC')).toBe(`${architectureOf(own).gnu}-gcc`);
    await using second = await recordingHost();
    expect(await run(read({ ...given, install: 'false', export: 'false' }), second)).toMatchObject({ installed: '' });
    expect(second.recorded.exported.size).toBe(0);
    const missing = run(read({ ...given, install: 'false', libraries: 'release-kit-no-such' }), second);
    await expect(missing).rejects.toThrowWithCode('E_TOOL_MISSING', /lacks the packages release-kit-no-such/);
  }, 300_000);

  test("the host's own archive is known by what it says, and asked for another architecture", async () => {
    await using host = await recordingHost();
    const state = await aptState(host);
    expect(state.architectures[0]).toBe(await hostArchitecture(host));
    expect(state.own.length).toBeGreaterThan(0);
    const probes = await probeSuites(host, state.own, state.architectures[0] ?? '', undefined);
    expect(probes.filter(({ served }) => !served).map(({ refusals }) => refusals)).toEqual([]);
  }, 300_000);

  test('programs of a foreign architecture run by QEMU, whose root is where the libraries are', async () => {
    await using host = await recordingHost();
    const foreign = architectureOf((await hostArchitecture(host)) === 'arm64' ? 'amd64' : 'arm64');
    await install(host, [emulationNeed(foreign)]);
    const program = expect.stringMatching(new RegExp(`/qemu-${foreign.qemu}-static$`));
    expect(await emulate(host, foreign, { needed: true, multiarch: false })).toEqual({ program, sysroot: crossRoot(foreign) });
    expect(await emulate(host, foreign, { needed: true, multiarch: true })).toEqual({ program, sysroot: undefined });
  }, 300_000);
});
