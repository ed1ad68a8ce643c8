import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { actions } from './actions.ts';
import { type ProgramRun, runIn } from './program-run.test-support.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'program-'));
  await mkdir(join(folder, 'tree', 'debian'), { recursive: true });
  await writeFile(
    join(folder, 'tree', 'debian', 'control'),
    'Source: probe\nMaintainer: A Person <a@example.org>\n\nPackage: probe\nArchitecture: any\nDescription: probe\n A probe.\n',
  );
  await writeFile(
    join(folder, 'tree', 'debian', 'changelog'),
    'probe (1.0.0) unstable; urgency=low\n\n  * First.\n\n -- A Person <a@example.org>  Sat, 21 Nov 2026 08:00:00 +0000\n',
  );
});

afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]): Promise<ProgramRun> => runIn({ folder, env: { RELEASE_KIT_CACHE: join(folder, 'cache') } }, args);

describe('help is rendered from the specs', () => {
  test('the program lists the pipeline, its stages, doctor, and each action', async () => {
    const { exitCode, stdout } = await run('--help');
    expect(exitCode).toBe(0);
    for (const name of [
      'release',
      'plan',
      'build',
      'lint',
      'smoke',
      'sign',
      'verify',
      'config',
      'doctor',
      'next-version',
      'bump',
      ...Object.keys(actions),
    ])
      expect(stdout).toMatch(new RegExp(`^  ${name}[ \\n]`, 'm'));
    expect(stdout).toContain('Exit codes\n  0         fine');
  });

  test.each(Object.entries(actions))('%s has a flag for each input that is no secret', async (name, { spec }) => {
    const { exitCode, stdout } = await run(name, '--help');
    expect(exitCode).toBe(0);
    for (const [input, { type }] of Object.entries(spec.inputs)) {
      if (type === 'secret') expect(stdout).toContain(`RELEASE_KIT_${input.toUpperCase().replaceAll('-', '_')}`);
      expect(stdout.includes(`--${input} `)).toBe(type !== 'secret');
    }
  });
});

test('smoke has the flags of install-smoke, but for what the path and the output folder say', async () => {
  const { exitCode, stdout } = await run('smoke', '--help');
  expect(exitCode).toBe(0);
  for (const flag of ['--distributions ', '--unreachable <fail|skip>', '--jobs <number>', '--output <folder>', '--shell-on-failure'])
    expect(stdout).toContain(flag);
  expect(stdout).not.toMatch(/--source |--manifest </);
  await mkdir(join(folder, 'tried'));
  await writeFile(join(folder, 'tried', 'manifest.json'), '{}');
  expect(await run('smoke', '--output=tried', '--jobs=none', 'tree')).toMatchObject({
    exitCode: 2,
    stdout: expect.stringMatching(/--jobs is "none"/),
  });
});

test('lint has the flags of lintian-check, but for what the path and the output folder say', async () => {
  const { exitCode, stdout } = await run('lint', '--help');
  expect(exitCode).toBe(0);
  for (const flag of ['--fail-on ', '--fail-on-new ', '--baseline ', '--compare-with ', '--report ', '--sarif ', '--lintian ', '--also '])
    expect(stdout).toContain(flag);
  for (const flag of ['--update-baseline', '--fix', '--output <folder>']) expect(stdout).toContain(flag);
  expect(stdout).not.toMatch(/--source |--manifest </);
  await mkdir(join(folder, 'built'));
  await writeFile(join(folder, 'built', 'manifest.json'), '{}');
  expect(await run('lint', '--output', 'built', '--fail-on', 'none', 'tree')).toMatchObject({
    exitCode: 2,
    stdout: expect.stringMatching(/error, warning, info, pedantic, never/),
  });
});

test('config shows the effective configuration as a file that says the same', async () => {
  await writeFile(join(folder, 'tree', 'release-kit.yml'), 'lint: { fail-on: warning }\n');
  const { exitCode, stdout } = await run('config', 'tree');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('# tree/release-kit.yml, with every default');
  expect(stdout).toMatch(/lint:\n\s+fail-on: warning\n/);
  const { result } = JSON.parse((await run('--json', 'config', 'tree')).stdout);
  await writeFile(join(folder, 'tree', 'release-kit.yml'), result.configuration);
  expect(JSON.parse((await run('--json', 'config', 'tree')).stdout).result).toEqual(result);
  await writeFile(join(folder, 'tree', 'release-kit.yml'), 'lnt: 1\n');
  expect(await run('config', 'tree')).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('did you mean lint?') });
  await rm(join(folder, 'tree', 'release-kit.yml'));
  expect((await run('config', 'tree')).stdout).toContain('# no release-kit.yml: these are the defaults');
});

describe('wrong usage ends with exit code 2', () => {
  test('an unknown flag, with the nearest one', async () => {
    const { exitCode, stderr } = await run('build-matrix', '--sorce', '.');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/--source/);
  });

  test('an unknown flag of the pipeline, with the nearest one', async () => {
    const { exitCode, stderr } = await run('release', '--reproducable', 'tree');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/Did you mean --reproducible\?/);
  });

  test('but a flag of a command may have the name of one of the program', async () => {
    expect(await run('build-deb', '--version', '1.0')).toMatchObject({ exitCode: 2, stdout: expect.stringMatching(/E_SOURCE/) });
    expect(await run('--version')).toEqual({ exitCode: 0, stdout: '0.1.0\n', stderr: '' });
    const asked = [
      ['--json', 'plan', 'tree'],
      ['plan', '--json', 'tree'],
      ['plan', 'tree', '--json'],
      ['key', 'check', 'missing', '--json'],
    ];
    for (const args of asked) expect(JSON.parse((await run(...args)).stdout)).toMatchObject({ command: expect.any(String) });
  });

  test('an unknown command', async () => {
    expect((await run('biuld')).exitCode).toBe(2);
  });

  test('a value that is not allowed, named by its flag', async () => {
    const { exitCode, stdout } = await run('setup-cross', '--engine', 'podman');
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/E_INPUT\n--engine is "podman", but must be one of auto, nspawn, docker/);
    expect(stdout).toMatch(/What to do:/);
  });

  test('a folder without debian/', async () => {
    const { exitCode, stdout } = await run('release', 'nowhere');
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/E_SOURCE/);
  });

  test('an output that would swallow the source', async () => {
    const { exitCode, stdout } = await run('release', '--output=.', 'tree');
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/E_PATH\nthe output folder .* is or holds the source/);
  });
});

describe('plan', () => {
  test('prints a line per job and ends with 0', async () => {
    const { exitCode, stdout } = await run('plan', 'tree');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/probe/);
    expect(stdout).toMatch(/debian:12/);
  });

  test('--json prints one document on standard output and the story on standard error', async () => {
    const { exitCode, stdout, stderr } = await run('--json', 'plan', 'tree');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      command: 'plan',
      exitCode: 0,
      steps: [{ name: 'build-matrix', outcome: 'passed', outputs: { count: '1' } }],
    });
    expect(stderr).toMatch(/build-matrix/);
  });

  test('--json carries code, place and cure of an error', async () => {
    await writeFile(join(folder, 'tree', 'release-kit.yml'), 'smoke:\n  servces: []\n');
    const { exitCode, stdout } = await run('--json', 'plan', 'tree');
    await rm(join(folder, 'tree', 'release-kit.yml'));
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      exitCode: 2,
      error: { code: 'E_CONFIG', place: { line: 2 }, cure: expect.stringMatching(/\w/) },
    });
  });
});
