import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type ProgramRun, runIn } from '../program-run.test-support.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doctor-'));
  await write({
    '.git/HEAD': 'ref: refs/heads/main\n',
    '.git/config': '[core]\n\tbare = false\n',
    '.git/objects/.keep': '',
    '.git/refs/.keep': '',
    'debian/control':
      'Source: probe\nMaintainer: A Person <a@example.org>\n\nPackage: probe\nArchitecture: any\nDescription: probe\n A probe.\n',
    'debian/changelog':
      'probe (1.0.0) unstable; urgency=low\n\n  * First.\n\n -- A Person <a@example.org>  Sat, 21 Nov 2026 08:00:00 +0000\n',
    'debian/rules': '#!/usr/bin/make -f\n%:\n\tdh $@\n',
    'debian/source/format': '3.0 (native)\n',
    'debian/copyright': '',
  });
});
afterEach(() => rm(folder, { recursive: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

const run = (...args: string[]): Promise<ProgramRun> => runIn({ folder }, args);
const doctor = (...args: string[]): Promise<ProgramRun> => run('doctor', '--only', 'repository', ...args);

test('what init writes has no mistake', async () => {
  expect(await run('init', '--yes')).toMatchObject({ exitCode: 0 });
  const { exitCode, stdout } = await doctor('--json');
  expect(exitCode).toBe(0);
  const { checks } = JSON.parse(stdout);
  expect(checks.filter(({ level }: { level: string }) => level === 'good')).toHaveLength(5);
});

test('each mistake is told with file and line, its cure, and a failure at the end', async () => {
  await write({
    '.github/workflows/release.yml':
      'on: { push: { tags: ["v*"] } }\njobs:\n  release:\n    uses: octo-org/release-kit/.github/workflows/release.yml@v1\n    permissions:\n      contents: read\n    secrets: inherit\n',
    '.github/workflows/broken.yml': 'on: [\n',
    'debian/source/format': '3.0 (quilt)\n',
  });
  const { exitCode, stdout } = await doctor();
  expect(exitCode).toBe(1);
  for (const line of [
    'BAD   permissions .github/workflows/release.yml:5: ',
    'BAD   secrets .github/workflows/release.yml:7: ',
    'BAD   workflow .github/workflows/broken.yml:',
    'BAD   debian debian/source/format: ',
  ])
    expect(stdout).toContain(line);
  expect(stdout).toMatch(/E_DOCTOR\n4 of \d+ checks failed: debian, [\s\S]*What to do: [\s\S]*contents: write/);
});

test('a configuration that cannot be read is told with its line, and the rest is looked at', async () => {
  await write({ 'release-kit.yml': 'lint:\n  fail-onn: error\n' });
  const { exitCode, stdout } = await doctor();
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/BAD {3}configuration release-kit\.yml:2: /);
  expect(stdout).toMatch(/note {2}workflow: no workflow calls release-kit/);
});

test('how long the public key lasts is told, and a secret one in the checkout fails', async () => {
  expect(await run('key', 'new', '--user-id', 'A', '--no-passphrase', '--output', 'keys')).toMatchObject({ exitCode: 0 });
  const { exitCode, stdout } = await doctor();
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/BAD {3}key keys\/signing-key-offline\.asc: this is a secret key/);
  expect(stdout).toMatch(/good {2}key keys\/signing-key\.asc: it signs until/);
});

test('a link to a device, which somebody committed, ends the look at no file', async () => {
  await mkdir(join(folder, '.github/workflows'), { recursive: true });
  await symlink('/dev/zero', join(folder, '.github/workflows/endless.yml'));
  await symlink('/dev/zero', join(folder, 'signing-key.asc'));
  const { exitCode, stdout } = await doctor();
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/BAD {3}workflow \.github\/workflows\/endless\.yml/);
  expect(stdout).toMatch(/BAD {3}key signing-key\.asc/);
});

test('outside of a checkout nothing is looked at, and that is told', async () => {
  await rm(join(folder, '.git'), { recursive: true });
  expect(await doctor()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('in no git checkout') });
});
