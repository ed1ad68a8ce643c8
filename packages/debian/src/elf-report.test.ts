import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { parseElfReport } from './elf-report.ts';

const sample = (name: string) => readFile(new URL(`./fixtures/elf/${name}.txt`, import.meta.url), 'utf8');

describe('parseElfReport', () => {
  test.each([
    [
      'library-amd64',
      {
        bits: 64,
        endian: 'little',
        machine: 'Advanced Micro Devices X86-64',
        type: 'shared',
        soname: 'libdemo.so.1',
        interpreter: undefined,
      },
    ],
    ['program-amd64', { type: 'executable', soname: undefined, interpreter: '/lib64/ld-linux-x86-64.so.2' }],
    ['program-arm64', { machine: 'AArch64', type: 'executable', interpreter: '/lib/ld-linux-aarch64.so.1' }],
    ['program-armhf', { bits: 32, machine: 'ARM', type: 'executable', interpreter: '/lib/ld-linux-armhf.so.3' }],
    ['program-s390x', { bits: 64, endian: 'big', machine: 'IBM S/390', type: 'executable' }],
  ] as const)('%s', async (name, expected) => {
    expect(parseElfReport(await sample(name))).toMatchObject(expected);
  });

  test('names the versions that are needed, each once, and the symbols that are there for others', async () => {
    const program = parseElfReport(await sample('program-amd64'));
    expect(program?.needed).toEqual(['libdemo.so.1', 'libm.so.6', 'libc.so.6']);
    expect(program?.versions).toEqual(['libc.so.6 GLIBC_2.2.5', 'libc.so.6 GLIBC_2.34', 'libdemo.so.1 DEMO_1', 'libm.so.6 GLIBC_2.29']);
    expect(program?.runpath).toBe('/opt/demo');
    const library = parseElfReport(await sample('library-amd64'));
    expect(library?.defines).toEqual(['DEMO_1', 'demo_function@@DEMO_1', 'demo_object@@DEMO_1', 'demo_weak@@DEMO_1']);
  });

  test('says nothing of what is no ELF file', () => {
    expect(parseElfReport('')).toBeUndefined();
    expect(parseElfReport('readelf: Error: Not an ELF file - it has the wrong magic bytes at the start\n')).toBeUndefined();
  });

  test('reads what the readelf of this machine says of a real program and library', async () => {
    await using host = await recordingHost();
    const folder = host.files.workspace;
    const source =
      'int other(void); int shown(void) { return 1; } __attribute__((visibility("hidden"))) int hidden(void) { return 2; }\n#include <stdio.h>\nint main(void) { puts("x"); return shown() + hidden(); }\n';
    await writeFile(join(folder, 'x.c'), source);
    await host.exec(['gcc', '-fPIC', '-shared', '-Wl,-soname,libx.so.1', '-o', 'libx.so', 'x.c'], { cwd: folder });
    await host.exec(['gcc', '-o', 'x', 'x.c'], { cwd: folder });
    const read = async (file: string) =>
      parseElfReport((await host.exec(['readelf', '-W', '-h', '-l', '-d', '-V', '--dyn-syms', file], { cwd: folder })).stdout);
    const library = await read('libx.so');
    expect(library).toMatchObject({ type: 'shared', soname: 'libx.so.1', needed: ['libc.so.6'], interpreter: undefined });
    expect(library?.defines).toEqual(['main', 'shown']);
    expect(await read('x')).toMatchObject({ type: 'executable', needed: ['libc.so.6'], soname: undefined });
    expect((await read('x'))?.versions.join()).toMatch(/libc\.so\.6 GLIBC_2\./);
    expect((await host.exec(['readelf', '-W', '-h', 'x.c'], { cwd: folder, allow: 'any' })).stdout).toBe('');
  });
});
