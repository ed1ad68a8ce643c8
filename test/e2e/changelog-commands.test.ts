import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Ended, runScript } from '../support/command-line.ts';
import { exampleRepository, git } from '../support/history.ts';

const minute = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'changelog-commands-'));
const checkout = join(folder, 'hello-service');
afterAll(() => rmSync(folder, { recursive: true }));

const kit = (...args: readonly string[]): Promise<Ended> => runScript('scripts/release-kit', args, { cwd: checkout });
/** Commits of the example have other names when the example changes. */
const plain = (text: string): string => text.replace(/`[0-9a-f]{7}`|[0-9a-f]{16}/g, '…');
const golden = (name: string): string => readFileSync(join(import.meta.dirname, '../fixtures/changelog-commands', name), 'utf8');

const changes = async (): Promise<string> =>
  (await git(checkout, 0, ['diff', '--unified=0', '--no-prefix', '--no-color'])).replace(/^index .*\n/gm, '');

describe('a person in a checkout of the example, two commits after 1.0.0', () => {
  beforeAll(async () => {
    await exampleRepository(checkout, { tag: 'v1.0.0' });
    writeFileSync(join(checkout, 'README.md'), '# hello-service\n\nThis is 1.0.0. <!-- x-release-version -->\n');
    await git(checkout, 20, ['commit', '--quiet', '--all', '--message', 'docs: say which version this is']);
    await git(checkout, 21, ['commit', '--quiet', '--allow-empty', '--message', 'feat(server): say goodbye\n\nCloses: #12']);
  });

  test(
    'gets the notes on standard output and nothing else there',
    async () => {
      const { exitCode, stdout } = await kit('changelog');
      expect({ exitCode, stdout: plain(stdout) }).toEqual({ exitCode: 0, stdout: golden('notes.md') });
    },
    minute,
  );

  test(
    'gets the whole changelog, and the notes of a release that was',
    async () => {
      expect(plain((await kit('changelog', '--full')).stdout)).toBe(golden('CHANGELOG.md'));
      expect((await kit('changelog', '--to', 'v0.9.0')).stdout).toMatch(
        /^## Features\n\n[\s\S]*\n\nFirst release: all commits up to `v0\.9\.0`/,
      );
    },
    minute,
  );

  test(
    'gets the next version for a script, which asks nothing of a shell',
    async () => {
      const script = `version=$("$1" next-version 2> /dev/null) && tag=$("$1" next-version --tag --pre rc 2> /dev/null) && echo "$version $tag"`;
      const command = join(import.meta.dirname, '../../scripts/release-kit');
      expect(execFileSync('sh', ['-c', script, 'sh', command], { cwd: checkout, encoding: 'utf8' })).toBe('1.1.0 v1.1.0-rc.1\n');
      expect(await kit('next-version', '--to', 'v1.0.0~2', '--fail-if-none')).toMatchObject({ exitCode: 0, stdout: '0.10.0\n' });
      expect(await kit('next-version', '--to', 'HEAD~1', '--fail-if-none')).toMatchObject({ exitCode: 1, stdout: '' });
    },
    minute,
  );

  test(
    'bumps what holds the version, as git shows it, and twice is once',
    async () => {
      const dry = await kit('bump', '--dry-run');
      expect(dry.stdout).toMatch(/README\.md:3: a marked version 1\.0\.0 -> 1\.1\.0\n[\s\S]*nothing was written/);
      expect(await git(checkout, 0, ['status', '--porcelain'])).toBe('');
      expect(await kit('bump')).toMatchObject({ exitCode: 0 });
      expect(await changes()).toBe(golden('bump.diff'));
      expect((await kit('bump')).stdout).toMatch(/Nothing to change in README\.md\n/);
      expect(await changes()).toBe(golden('bump.diff'));
    },
    minute,
  );

  test(
    'misspells a flag and is told the right one',
    async () => {
      expect(await kit('bump', '--dryrun')).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/Did you mean --dry-run\?/) });
    },
    minute,
  );
});
