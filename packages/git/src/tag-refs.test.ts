import { execFileSync } from 'node:child_process';
import { mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parseTagRefs, tagRefsFormat } from './tag-refs.ts';

const person = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@b.example', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@b.example' };

test('light and annotated tags are the same to a reader, and tags of other things are no releases', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'release-kit-tags-'));
  const git = (...args: readonly string[]): string =>
    execFileSync('git', args, {
      cwd: folder.path,
      env: { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', ...person },
      stdio: 'pipe',
      encoding: 'utf8',
    });
  git('init', '-q');
  git('commit', '-q', '--allow-empty', '-m', 'one');
  const sha = git('rev-parse', 'HEAD').trim();
  git('tag', 'light');
  git('tag', '-a', '-m', 'x', 'pkg/annotated');
  git('tag', '-a', '-m', 'x', 'nested', 'pkg/annotated');
  git('tag', 'tree', 'HEAD^{tree}');
  git('tag', '-a', '-m', 'x', 'annotated-tree', 'HEAD^{tree}');
  const refs = parseTagRefs(git('for-each-ref', `--format=${tagRefsFormat}`, 'refs/tags'));
  expect(refs.filter(({ name }) => name !== 'nested')).toEqual([
    { name: 'light', sha },
    { name: 'pkg/annotated', sha },
  ]);
  // git 2.45 and later say it at once.
  expect([sha, undefined]).toContain(refs.find(({ name }) => name === 'nested')?.sha);
});

test('nothing is nothing, and another form is an error', () => {
  expect(parseTagRefs('')).toEqual([]);
  expect(() => parseTagRefs('refs/tags/v1\n')).toThrow(/not known/);
  expect(() => parseTagRefs('refs/heads/v1\0commit\0a\0\0\n')).toThrow(/not known/);
});
