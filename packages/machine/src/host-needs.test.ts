import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { findProgram, hostNeeds, missingAmong, missingTools } from './host-needs.ts';

const need = { program: 'p', package: 'q', why: 'w' };

describe('missingAmong', () => {
  test('lists what is not there, in the order of the needs', async () => {
    const needs = ['a', 'b', 'c'].map((program) => ({ ...need, program }));
    expect((await missingAmong(needs, async (program) => program === 'b')).map(({ program }) => program)).toEqual(['a', 'c']);
  });
});

describe('findProgram', () => {
  test('finds an executable on PATH and one of the administrator that is not on PATH, and nothing else', async () => {
    await using host = await recordingHost();
    const folder = join(host.files.workspace, 'bin');
    await mkdir(folder);
    await writeFile(join(folder, 'rk-tool'), '');
    await writeFile(join(folder, 'rk-plain'), '');
    await chmod(join(folder, 'rk-tool'), 0o755);
    await chmod(join(folder, 'rk-plain'), 0o644);
    expect(await findProgram('rk-tool', `relative:${folder}`)).toBe(join(folder, 'rk-tool'));
    expect(await findProgram('rk-plain', folder)).toBeUndefined();
    expect(await findProgram('chroot', '/nowhere')).toMatch(/sbin\/chroot$/);
    expect(await findProgram('rk-none', undefined)).toBeUndefined();
  });
});

test('machines by Docker need no systemd-nspawn', async () => {
  const nothing = { env: (name: string) => (name === 'PATH' ? '/nowhere' : undefined) };
  const programs = async (engine?: 'nspawn' | 'docker') => (await missingTools(nothing, engine)).map(({ program }) => program);
  expect(await programs('docker')).not.toContain('systemd-nspawn');
  expect(hostNeeds.filter(({ engine }) => engine !== undefined).map(({ program }) => program)).toEqual(['systemd-nspawn']);
});

test('every need names its package and its reason', () => {
  for (const { program, package: name, why } of hostNeeds) {
    expect(program).toMatch(/^[a-z-]+$/);
    expect(name).toMatch(/^[a-z0-9][a-z0-9+.-]+$/);
    expect(why).not.toBe('');
  }
});
