import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { ownArchitecture } from './emulation.ts';
import { programMagic, smallestProgram } from './foreign-program.ts';
import { findProgram } from './host-needs.ts';

const architectures = ['amd64', 'arm64', 'armhf', 'i386', 'ppc64el', 'riscv64', 's390x'];
const qemu = { amd64: 'x86_64', arm64: 'aarch64', armhf: 'arm', ppc64el: 'ppc64le', i386: 'i386', riscv64: 'riscv64', s390x: 's390x' };

describe('smallestProgram', () => {
  test("the one of this host's own architecture runs and ends with 0", async () => {
    await using host = await recordingHost();
    const file = join(host.files.workspace, 'program');
    await writeFile(file, smallestProgram(ownArchitecture()), { mode: 0o755 });
    expect((await host.exec([file], { allow: 'any' })).exitCode).toBe(0);
  });

  test.each(Object.entries(qemu))("%s: QEMU's own loader takes it, and it ends with 0", async (architecture, name) => {
    const interpreter = await findProgram(`qemu-${name}-static`, process.env['PATH']);
    if (interpreter === undefined) {
      expect(process.env['CI']).toBeUndefined();
      return;
    }
    await using host = await recordingHost();
    const file = join(host.files.workspace, 'program');
    await writeFile(file, smallestProgram(architecture), { mode: 0o755 });
    expect((await host.exec([interpreter, file], { allow: 'any' })).exitCode).toBe(0);
  });

  test('an unknown architecture is refused', () => {
    expect(() => smallestProgram('vax')).toThrowWithCode('E_ARCHITECTURE', /"vax"/);
    expect(() => smallestProgram('toString')).toThrowWithCode('E_ARCHITECTURE');
  });
});

describe('programMagic', () => {
  test.each(architectures)('%s: fits its own smallest program and no other', (architecture) => {
    const { magic, mask } = programMagic(architecture);
    expect(architectures.filter((other) => fits(magic, mask, smallestProgram(other)))).toEqual([architecture]);
  });

  test('what Debian registers is what we register: the same bytes count', async () => {
    const text = await readFile('/usr/lib/binfmt.d/qemu-aarch64.conf', 'utf8').catch(() => undefined);
    if (text === undefined) return; // another host has another package
    const [, , , , magic, mask] = text.trim().split(':');
    expect(programMagic('arm64')).toEqual({ magic, mask });
  });
});

const bytes = (text: string): number[] => [...text.matchAll(/\\x([0-9a-f]{2})/g)].map(([, hex = '']) => Number.parseInt(hex, 16));

/** As the kernel compares: the masked first bytes. */
function fits(magic: string, mask: string, program: Uint8Array): boolean {
  const bits = bytes(mask);
  return bytes(magic).every((byte, index) => (byte & (bits[index] ?? 0)) === ((program[index] ?? 0) & (bits[index] ?? 0)));
}
