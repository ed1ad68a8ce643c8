import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runProgram } from '@release-kit/cli';
import { type CompletingShell, completedBy, hasShell } from '../support/completing-shells.ts';

const shells: readonly CompletingShell[] = ['bash', 'zsh', 'fish'];
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'completions-'));
  for (const shell of shells) {
    let script = '';
    const stdout = { write: (text: string) => (script += text) };
    const surroundings = { env: {}, stdout, stderr: stdout, cwd: folder };
    expect(await runProgram(['completion', shell], surroundings)).toBe(0);
    await mkdir(join(folder, shell, 'packages'), { recursive: true });
    await writeFile(join(folder, shell, 'completion'), script);
    await writeFile(join(folder, shell, 'public.asc'), '');
  }
});

afterAll(() => rm(folder, { recursive: true }));

describe.each(shells)('in %s', (shell) => {
  const tried = hasShell(shell) ? test : test.skip;
  const complete = (...words: string[]): readonly string[] => completedBy(shell, join(folder, shell), ['release-kit', ...words]);

  tried('commands, and those of a group', () => {
    expect(complete('')).toEqual(expect.arrayContaining(['release', 'doctor', 'key', 'lintian-check']));
    expect(complete('li')).toEqual(['lint', 'lintian-check']);
    expect(complete('key', 'r')).toEqual(['revoke', 'rotate']);
    expect(complete('--json', 'do')).toEqual(['doctor']);
  });

  tried('flags of the command, and of every command', () => {
    expect(complete('lint', '--fail')).toEqual(['--fail-on', '--fail-on-new']);
    expect(complete('key', 'check', '--js')).toEqual(['--json']);
  });

  tried('values that are a short list', () => {
    expect(complete('lint', '--fail-on', 'e')).toEqual(['error']);
    expect(complete('completion', '')).toEqual(['bash', 'fish', 'zsh']);
  });

  tried('files where a file is asked for, and nothing where it is free text', () => {
    expect(complete('key', 'check', 'pub')).toEqual(['public.asc']);
    expect(complete('release', '--output', 'pack').map((name) => name.replace(/\/$/, ''))).toEqual(['packages']);
    expect(complete('release', '--tag', '')).toEqual([]);
  });
});
