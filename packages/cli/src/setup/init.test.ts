import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { recordingHost } from '@release-kit/action';
import { readConfig } from '@release-kit/config';
import { type ProgramRun, runIn } from '../program-run.test-support.ts';
import { init } from './init.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'init-'));
});
afterEach(() => rm(folder, { recursive: true }));

const run = (...args: string[]): Promise<ProgramRun> => runIn({ folder }, ['init', ...args]);
const read = (path: string): Promise<string> => readFile(join(folder, path), 'utf8');
const workflows = ['validate', 'build', 'release'].map((name) => `.github/workflows/release-kit-${name}.yml`);

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

const control = (source: string, architecture = 'any'): string =>
  `Source: ${source}\nMaintainer: A Person <a@example.org>\n\nPackage: ${source}\nArchitecture: ${architecture}\nDescription: probe\n A probe.\n`;

/** A checkout as git makes it, as far as init reads it. */
async function checkout(files: Readonly<Record<string, string>>, branch = 'main'): Promise<void> {
  await write({
    '.git/HEAD': `ref: refs/heads/${branch}\n`,
    '.git/config': '[core]\n\tbare = false\n',
    '.git/objects/.keep': '',
    '.git/refs/.keep': '',
    ...files,
  });
}

describe('what is written fits the repository', () => {
  test('of one package: no list of packages, the branch, and nothing else than the examples say', async () => {
    await checkout({ 'debian/control': control('probe'), 'Cargo.toml': '' }, 'trunk');
    expect(await run()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('probe in . (Rust)') });
    const config = await read('release-kit.yml');
    expect(await readConfig(config, 'release-kit.yml')).toMatchObject({
      architectures: ['amd64'],
      distributions: ['debian:12'],
      packages: undefined,
    });
    expect(await read(workflows[1] ?? '')).toContain('branches: [trunk]');
    for (const path of workflows)
      expect(await read(path)).toMatch(/^ {4}uses: release-kit\/release-kit\/\.github\/workflows\/[a-z-]+\.yml@v1$/m);
  });

  test('of several: each with its folder, whatever it is called', async () => {
    await checkout({ 'a b: [#/debian/control': control('one'), 'two/debian/control': control('two'), 'two/go.mod': '' });
    expect(await run('--yes')).toMatchObject({ exitCode: 0 });
    const { packages } = await readConfig(await read('release-kit.yml'), 'release-kit.yml');
    expect(packages?.map(({ path }) => path)).toEqual(['a b: [#', 'two']);
    expect(await read('release-kit.yml')).toContain('- path: two # Go\n');
  });

  test('with a public key, another release-kit by its SHA, and one architecture that debian/control names', async () => {
    await checkout({ 'debian/control': control('probe', 'arm64'), 'keys/signing-key.asc': '' });
    const sha = 'a'.repeat(40);
    expect(await run('--uses', `octo-org/kit@${sha}`, '--workflows', 'validate')).toMatchObject({ exitCode: 0 });
    expect(await read(workflows[0] ?? '')).toContain(`    uses: octo-org/kit/.github/workflows/validate.yml@${sha}\n`);
    expect(await read(workflows[0] ?? '')).toMatch(/\n {4}with:\n {6}public-key: keys\/signing-key\.asc/);
    expect(await read(workflows[0] ?? '')).not.toContain('moves with each release');
    expect(await read('release-kit.yml')).toContain('architectures: [arm64]');
    await expect(read(workflows[2] ?? '')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('what is there stays', () => {
  test('a second run finds everything as it should be', async () => {
    await checkout({ 'debian/control': control('probe') });
    await run();
    const { exitCode, stdout } = await run('--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).result).toMatchObject({ written: [], kept: workflows });
  });

  test('a file with another text: its difference is told, and no file is written', async () => {
    await checkout({ 'debian/control': control('probe'), '.github/workflows/release-kit-build.yml': 'name: mine\n' });
    const { exitCode, stdout } = await run();
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/-name: mine[\s\S]*\+name: build[\s\S]*E_INIT/);
    await expect(read('release-kit.yml')).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await read('.github/workflows/release-kit-build.yml')).toBe('name: mine\n');
  });

  test('a configuration and workflows of other tools', async () => {
    await checkout({
      'debian/control': control('probe'),
      '.github/release-kit.yml': 'lint: { fail-on: never }\n',
      '.github/workflows/ci.yml': 'name: ci\n',
    });
    expect(await run()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('ci.yml') });
    expect(await read('.github/release-kit.yml')).toBe('lint: { fail-on: never }\n');
    await expect(read('release-kit.yml')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('--dry-run shows everything and writes nothing', async () => {
    await checkout({ 'debian/control': control('probe') });
    expect((await run('--dry-run')).stdout).toMatch(/architectures: \[amd64\][\s\S]*name: release/);
    await expect(read('release-kit.yml')).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('a folder of workflows that leads out of the repository is not written into', async () => {
    await mkdir(join(folder, 'elsewhere'));
    const outer = folder;
    folder = join(folder, 'checkout');
    await checkout({ 'debian/control': control('probe') });
    await symlink(join(outer, 'elsewhere'), join(folder, '.github'));
    expect(await run()).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('E_PATH') });
    folder = outer;
  });
});

describe('what cannot be is refused, with its flag', () => {
  test.each([
    { args: ['--branch', 'a,b]'], code: 'E_INPUT' },
    { args: ['--uses', 'nobody'], code: 'E_INPUT' },
    { args: ['--architectures', 'aarch64'], code: 'E_ARCHITECTURE' },
    { args: ['--distributions', 'debian:twelve'], code: 'E_DISTRIBUTION' },
  ])('$args', async ({ args, code }) => {
    await checkout({ 'debian/control': control('probe') });
    expect(await run(...args)).toMatchObject({ exitCode: 2, stdout: expect.stringContaining(code) });
  });

  test('a branch of the repository that GitHub would take for a pattern is told with the flag that names another', async () => {
    await checkout({ 'debian/control': control('probe') }, 'a,b');
    const { exitCode, stdout } = await run();
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/--branch is "a,b", but must be .*--branch=main; release-kit init --help/s);
  });

  test('a folder without packages, and one without git', async () => {
    expect(await run()).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('E_GIT') });
    await checkout({ 'README.md': '' });
    expect(await run()).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('E_SOURCE') });
  });
});

test('a person is asked what no flag says; what is typed without a word is the default', async () => {
  await checkout({ 'debian/control': control('probe') });
  const asked: string[] = [];
  const ask = (question: string, usual: string): Promise<string> => {
    asked.push(question);
    return Promise.resolve(question.startsWith('Arch') ? 'amd64, arm64' : usual);
  };
  await using host = await recordingHost({ workspace: folder });
  await init({ path: '.', given: { branch: 'next' }, ask, dryRun: false }, host);
  expect(asked).toHaveLength(2);
  expect(await read('release-kit.yml')).toContain('architectures: [amd64, arm64]');
  expect(await read(workflows[1] ?? '')).toContain('branches: [next]');
});
