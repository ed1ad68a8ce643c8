import { spawnSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { repository } from '../support/command-line.ts';

const habits = join(repository, 'examples/habits');
const minute = 60_000;
let folder = '';

interface Ended {
  readonly status: number | null;
  readonly said: string;
}

/** A program as somebody in the project starts it; release-kit is that of this checkout. */
function run(program: string, ...args: readonly string[]): Ended {
  const env = {
    PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
    HOME: folder,
    RELEASE_KIT: join(repository, 'scripts/release-kit'),
    RELEASE_KIT_CACHE: join(folder, 'cache'),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_AUTHOR_NAME: 'A Person',
    GIT_AUTHOR_EMAIL: 'a@example.org',
    GIT_COMMITTER_NAME: 'A Person',
    GIT_COMMITTER_EMAIL: 'a@example.org',
  };
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: join(folder, 'project'), env, encoding: 'utf8' });
  if (error !== undefined) throw error;
  return { status, said: stdout + stderr };
}

const read = (name: string): Promise<string> => readFile(join(folder, 'project', name), 'utf8');

/** A project with a history in conventional commits and tests of its own. */
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'habits-'));
  await cp(join(repository, 'examples/two-packages/libgreeting'), join(folder, 'project'), { recursive: true });
  run('git', 'init', '--quiet', '--initial-branch=main');
  run('git', 'add', '--all');
  for (const message of ['feat: greet', 'fix: greet everybody', 'docs: say how'])
    run('git', 'commit', '--quiet', '--allow-empty', '-m', message);
});
afterEach(() => rm(folder, { recursive: true }));

test(
  'make has targets for packages, and keeps those of the project',
  async () => {
    await cp(join(habits, 'release-kit.mk'), join(folder, 'project/release-kit.mk'));
    const before = run('make', '-n');
    await writeFile(join(folder, 'project/Makefile'), `${await read('Makefile')}\ninclude release-kit.mk\n`);
    expect(run('make', '-n').said).toBe(before.said);
    const { status, said } = run('make', 'deb-plan');
    expect(said).toMatch(/libgreeting +\. +debian:12/);
    expect(status).toBe(0);
    for (const target of ['deb', 'deb-check', 'deb-release']) expect(run('make', '-n', target)).toMatchObject({ status: 0 });
  },
  minute,
);

test(
  'npm has scripts for packages, which find release-kit through a link on PATH',
  async () => {
    await mkdir(join(folder, 'bin'));
    await symlink(join(repository, 'scripts/release-kit'), join(folder, 'bin/release-kit'));
    await cp(join(habits, 'package.json'), join(folder, 'project/package.json'));
    expect(run('npm', 'run', 'deb:plan')).toMatchObject({ status: 0, said: expect.stringMatching(/libgreeting +\. +debian:12/) });
  },
  minute,
);

test(
  'every command and flag that the files name is there',
  async () => {
    const files = [
      'release-kit.mk',
      'release-kit.just',
      'package.json',
      '.pre-commit-config.yaml',
      'ci.sh',
      'hooks/commit-msg',
      'hooks/pre-commit',
      'hooks/pre-push',
    ];
    const calls = new Set<string>();
    for (const file of files)
      for (const [, call = ''] of (await readFile(join(habits, file), 'utf8')).matchAll(
        /(?:release-kit|RELEASE_KIT\)|release-kit\}\}?"?) ((?:--json )?[a-z-]+(?: --[a-z-]+)*)/g,
      ))
        calls.add(call);
    expect(calls.size).toBeGreaterThan(5);
    const { said } = run(join(repository, 'scripts/release-kit'), 'completion', 'bash');
    for (const word of [...calls].join(' ').split(' ')) expect(said).toContain(word);
  },
  minute,
);

describe('hooks of git', () => {
  const install = (): Ended => run(join(habits, 'hooks/install'));

  test(
    'refuse a message that says nothing, a mistake in debian/, and a tag that does not fit',
    async () => {
      expect(install()).toMatchObject({ status: 0 });
      expect(run('git', 'commit', '--allow-empty', '-m', 'stuff')).toMatchObject({
        status: 1,
        said: expect.stringContaining('not conventional'),
      });
      expect(run('git', 'commit', '--allow-empty', '-m', 'fix: the greeting')).toMatchObject({ status: 0 });
      const control = await read('debian/control');
      await writeFile(join(folder, 'project/debian/control'), control.replace('Architecture:', 'Architcture:'));
      expect(run('git', 'commit', '--all', '-m', 'fix: a typo')).toMatchObject({
        status: 1,
        said: expect.stringContaining('BAD   debian'),
      });
      run('git', 'init', '--quiet', '--bare', join(folder, 'remote'));
      await writeFile(join(folder, 'project/debian/control'), control);
      for (const tag of ['v1.0.0', 'v9.9.9']) run('git', 'tag', tag);
      expect(run('git', 'push', join(folder, 'remote'), 'v9.9.9')).toMatchObject({ status: 1, said: expect.stringMatching(/9\.9\.9/) });
      expect(run('git', 'push', join(folder, 'remote'), 'main', 'v1.0.0')).toMatchObject({ status: 0 });
      expect(run('git', 'push', join(folder, 'remote'), ':v1.0.0')).toMatchObject({ status: 0 });
    },
    2 * minute,
  );

  test(
    'of the project stay, are told what to add, and go on working',
    async () => {
      const own = join(folder, 'project/.git/hooks/pre-commit');
      await writeFile(own, '#!/bin/sh\necho own >> ran\n');
      await chmod(own, 0o755);
      const { status, said } = install();
      expect(status).toBe(1);
      expect(said).toMatch(/pre-commit: the project has its own, which stays; add this line to it: {2}".*hooks\/pre-commit" "\$@"/);
      expect(run('git', 'commit', '--quiet', '--allow-empty', '-m', 'fix: more').status).toBe(0);
      expect(await read('ran')).toBe('own\n');
      await writeFile(own, `${await readFile(own, 'utf8')}"${habits}/hooks/pre-commit" "$@"\n`);
      expect(run('git', 'commit', '--allow-empty', '-m', 'fix: even more')).toMatchObject({
        status: 0,
        said: expect.stringContaining('good  debian'),
      });
      expect(await read('ran')).toBe('own\nown\n');
      // A second time nothing changes.
      expect(install().said).toMatch(/commit-msg: is there\n/);
    },
    2 * minute,
  );

  test(
    'init adds files only: the tree of the project is as before',
    () => {
      expect(run(join(repository, 'scripts/release-kit'), 'init', '--yes').status).toBe(0);
      expect(run('git', 'status', '--porcelain').said).toBe('?? .github/\n?? release-kit.yml\n');
    },
    minute,
  );
});
