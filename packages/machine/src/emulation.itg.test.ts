import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { canRun, ownArchitecture, prepareEmulation } from './emulation.ts';
import { findProgram } from './host-needs.ts';

const own = ownArchitecture();
const foreign = own === 'arm64' ? { architecture: 'amd64', qemu: 'x86_64' } : { architecture: 'arm64', qemu: 'aarch64' };
const able = process.getuid?.() === 0 && (await findProgram(`qemu-${foreign.qemu}-static`, process.env['PATH'])) !== undefined;

test("the host's own architecture needs nothing and changes nothing", async () => {
  await using host = await recordingHost();
  expect(await canRun(host, own)).toBe('native');
  expect(await prepareEmulation(host, own)).toBe('native');
  expect(host.recorded.debug).toEqual([]);
});

(able || process.env['CI'] ? describe : describe.skip)('a foreign architecture', () => {
  test('runs after it was prepared, in a root that has no interpreter, and is registered once', async () => {
    await using host = await recordingHost();
    expect(await canRun(host, foreign.architecture)).toBe('emulated');
    expect(await prepareEmulation(host, foreign.architecture)).toBe('emulated');
    const said = host.recorded.lines.length;
    expect(said).toBeLessThanOrEqual(1);
    expect(await prepareEmulation(host, foreign.architecture)).toBe('emulated');
    expect(host.recorded.lines).toHaveLength(said);
    const entry = await readFile(`/proc/sys/fs/binfmt_misc/qemu-${foreign.qemu}`, 'utf8');
    expect(entry).toMatch(/^enabled\n/);
    expect(entry).toMatch(/^flags: .*F/m);
  }, 60_000);

  test('two runs may prepare it at the same time', async () => {
    await using host = await recordingHost();
    const both = await Promise.all([prepareEmulation(host, 'riscv64'), prepareEmulation(host, 'riscv64')]);
    expect(both).toEqual(['emulated', 'emulated']);
  }, 60_000);

  test('an architecture that nothing interprets is refused by its name', async () => {
    await using host = await recordingHost();
    await expect(prepareEmulation(host, 'vax')).rejects.toThrowWithCode('E_ARCHITECTURE', /"vax"/);
  });
});
