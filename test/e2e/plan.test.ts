import { execFileSync } from 'node:child_process';
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { runAction, writeFiles } from '../support/hostile.ts';

const control = (name: string, architecture: string, needs = '') =>
  `Source: ${name}\nMaintainer: A <a@example.org>\n${needs === '' ? '' : `Build-Depends: ${needs}\n`}\nPackage: ${name}\nArchitecture: ${architecture}\nDescription: x\n`;

const repository = {
  'lib/debian/control': control('lib', 'any'),
  'server/debian/control': control('server', 'any', 'debhelper-compat (= 13), lib (>= 1)'),
  'docs/debian/control': control('docs', 'all'),
  'release-kit.yml': 'architectures: [riscv64, amd64]\ndistributions: [ubuntu:24.04, debian:12]\n',
};

/** The library of the same architecture, and for what may be cross-compiled that of amd64 as well. */
const neededBy = (where = '', architecture = ''): string =>
  architecture === 'amd64' ? `lib-${where}-amd64` : `{lib-${where}-amd64,lib-${where}-${architecture}}`;

function git(folder: string, ...args: readonly string[]): string {
  const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', ['-C', folder, ...who, ...args], { encoding: 'utf8' }).trim();
}

test("a stranger's pull request is planned as far as it changes packages, and nothing in it is obeyed", async () => {
  const options = { env: { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge', GITHUB_EVENT_PATH: '' } };
  const { outputs, lines, summary, conclusion } = await runAction('build-matrix', {
    options,
    prepare: async (workspace) => {
      await writeFiles(workspace, repository);
      git(workspace, 'init', '-q');
      git(workspace, 'add', '-A');
      git(workspace, 'commit', '-q', '-m', 'first');
      const sha = git(workspace, 'rev-parse', 'HEAD');
      await writeFiles(workspace, { 'lib/::error::planted\n##[error]planted\u001b[31m|`x`': 'x' });
      symlinkSync('/', join(workspace, 'docs', 'root'));
      git(workspace, 'add', 'lib');
      git(workspace, 'commit', '-q', '-m', 'second');
      for (const setting of ['diff.external', 'core.fsmonitor']) git(workspace, 'config', setting, 'touch planted;:');
      const event = join(workspace, '.git', 'event.json');
      writeFileSync(event, JSON.stringify({ pull_request: { base: { sha, ref: 'main' } }, repository: { private: false } }));
      options.env.GITHUB_EVENT_PATH = event;
    },
    look: async (workspace) => expect(existsSync(join(workspace, 'planted'))).toBe(false),
  });
  expect(conclusion).toBe('success');
  const plan: unknown = JSON.parse(outputs['matrix'] ?? '');
  expect(plan).toEqual({
    include: [
      ['lib', 'debian-12', 'amd64', 'native'],
      ['lib', 'ubuntu-24.04', 'amd64', 'native'],
      ['lib', 'ubuntu-24.04', 'riscv64', 'auto'],
      ['server', 'debian-12', 'amd64', 'native'],
      ['server', 'ubuntu-24.04', 'amd64', 'native'],
      ['server', 'ubuntu-24.04', 'riscv64', 'auto'],
    ].map(([name, where, architecture, strategy]) => ({
      ...{ name: `${name}-${where}-${architecture}`, artifact: `${name}-${where}-${architecture}` },
      ...{ path: name, package: name, distribution: where?.replace('-', ':'), architecture, strategy },
      ...{
        runner: 'ubuntu-24.04',
        'build-all': false,
        source: architecture === 'amd64',
        'version-suffix': `+${where?.replace('-', '')}`,
        cost: strategy === 'auto' ? 1.1 : 1,
      },
      ...(name === 'lib' ? { stage: 1, smoke: false, needs: '' } : { stage: 2, smoke: true, needs: neededBy(where, architecture) }),
    })),
  });
  expect(outputs).toMatchObject({ any: 'true', count: '6', 'fail-fast': 'false', 'max-parallel': '256', packages: 'lib\nserver' });
  expect(lines.join('\n')).toMatch(/docs is not built: no file of it changed since [0-9a-f]{7} \(main\)/);
  expect(summary).toContain('it is built with lib of lib, which is built anew');
});
