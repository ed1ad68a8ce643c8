import { execFileSync } from 'node:child_process';
import { chmod, lstat, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { runProgram } from '@release-kit/cli';
import { describeWithMachines } from '../support/machine-host.ts';

/** Milliseconds; the first test may have to make the base system and install lintian-brush. */
const long = 600_000;
let folder = '';

function git(...args: readonly string[]): string {
  const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false'];
  const env = { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null' };
  return execFileSync('git', [...who, ...args], { cwd: folder, env, encoding: 'utf8' });
}

async function fix(): Promise<{ readonly exitCode: number; readonly stdout: string }> {
  let stdout = '';
  const into = {
    write: (text: string) => {
      stdout += text;
    },
  };
  const exitCode = await runProgram(['lint', '--fix', 'pkg'], { env: process.env, stdout: into, stderr: into, cwd: folder });
  return { exitCode, stdout };
}

const control = [
  'Source: tiny\nSection: misc\nPriority: extra\nMaintainer: A Person <a@example.org>\nBuild-Depends: debhelper (>= 9)\n',
  `Standards-Version: 3.9.8\n\nPackage: tiny\nArchitecture: all\nDepends: \${misc:Depends}\nDescription: tiny thing   \n It does nothing.\n`,
].join('');

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lint-fix-'));
  const files = {
    'pkg/debian/control': control,
    'pkg/debian/compat': '9\n',
    'pkg/debian/source/format': '3.0 (native)\n',
    'pkg/debian/changelog':
      'tiny (1.0) unstable; urgency=low\n\n  * First.\n\n -- A Person <a@example.org>  Sat, 21 Nov 2020 08:00:00 +0000\n',
    'pkg/debian/rules': '#!/usr/bin/make -f\n%:\n\tdh $@\n',
    // Outside of the package: what is mended there would be nobody's wish.
    'other/debian/control': control,
    '.gitignore': 'ignored\n',
    'pkg/ignored': 'kept\n',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  await chmod(join(folder, 'pkg/debian/rules'), 0o755);
  await symlink('../../outside', join(folder, 'pkg/link'));
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'first');
});

afterAll(() => rm(folder, { recursive: true }));

describeWithMachines('lint --fix', () => {
  test(
    'shows what lintian-brush mends, changes the files of this package only, and commits nothing',
    async () => {
      const { exitCode, stdout } = await fix();
      expect({ exitCode, stdout: exitCode === 0 ? '' : stdout }).toEqual({ exitCode: 0, stdout: '' });
      expect(stdout).toMatch(/-Priority: extra\n *\+Priority: optional\n/);
      expect(stdout).toMatch(/mended: Change priority extra to priority optional/);
      expect(stdout).toMatch(/pkg\/debian\/control changed, not committed/);
      expect(await readFile(join(folder, 'pkg/debian/control'), 'utf8')).toContain('Priority: optional\n');
      expect(await readFile(join(folder, 'other/debian/control'), 'utf8')).toBe(control);
      expect(git('status', '--porcelain')).toMatch(/^( M pkg\/debian\/\S+\n)+$/);
      expect(git('log', '--format=%s')).toBe('first\n');
      expect((await lstat(join(folder, 'pkg/debian/rules'))).mode & 0o777).toBe(0o755);
      expect(await readFile(join(folder, 'pkg/ignored'), 'utf8')).toBe('kept\n');
    },
    long,
  );

  test(
    'refuses while changes are not committed; once they are, it is certain of nothing more',
    async () => {
      expect(await fix()).toMatchObject({
        exitCode: 2,
        stdout: expect.stringMatching(/E_GIT\n.*changes that are not committed: pkg\/debian\//),
      });
      git('commit', '-qam', 'mended');
      const { exitCode, stdout } = await fix();
      expect({ exitCode, stdout: exitCode === 0 ? '' : stdout }).toEqual({ exitCode: 0, stdout: '' });
      expect(stdout).toContain('lintian-brush is certain of nothing to mend');
      expect(git('status', '--porcelain')).toBe('');
    },
    long,
  );
});
