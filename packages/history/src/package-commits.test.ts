import { expect, test } from '@jest/globals';
import { commitsByPackage } from './package-commits.ts';
import { packageTree } from './package-tree.ts';
import { parseCommit } from './parse-commit.ts';
import { withoutReverted } from './revert.ts';
import { versionOverride } from './version-override.ts';
import { planVersion } from './version-plan.ts';
import { usualRules } from './version-rules.ts';

const root = { name: 'root', path: '' };
const a = { name: 'a', path: 'packages/a' };
const b = { name: 'b', path: 'packages/b' };
const tree = packageTree([root, a, b]);
const change = (digit: string, subject: string, paths: readonly string[], releaseAs?: string) => ({
  commit: { ...parseCommit({ sha: digit.repeat(40), subject, body: '', authorName: 'A', timestamp: 1 }), releaseAs },
  paths,
});

const changes = [
  change('6', 'fix: a again', ['packages/a/x'], '2.0.0'),
  change('5', 'Revert "feat: both"', ['packages/a/x', 'packages/b/y']),
  change('4', 'feat: both', ['packages/a/x', 'packages/b/y']),
  change('3', 'docs: explain', ['README.md']),
  change('2', 'feat: b', ['packages/b/y']),
  change('1', 'fix: a', ['packages/a/x']),
];

function versions(isNew: (owner: { readonly name: string }, sha: string) => boolean) {
  return [...commitsByPackage(tree, changes, isNew)].map(([{ name }, all]) => {
    const commits = withoutReverted(all);
    const { version } = planVersion({
      step: { kind: 'stable' },
      before: [{ name: `${name}/v1.0.0`, version: '1.0.0', prerelease: false }],
      elsewhere: [],
      commits,
      commitsSincePreRelease: commits,
      override: versionOverride({ input: undefined, file: undefined, commits }, '1.0.0'),
      rules: usualRules,
    });
    return [name, version];
  });
}

test('each package gets a version from its own commits, and no Release-As of another', () => {
  expect(versions(() => true)).toEqual([
    ['a', '2.0.0'],
    ['b', '1.1.0'],
    ['root', '1.0.0'],
  ]);
});

test('each package has a range of its own', () => {
  expect(versions(({ name }, sha) => name !== 'b' || sha.startsWith('5'))).toEqual([
    ['a', '2.0.0'],
    ['b', '1.0.1'],
    ['root', '1.0.0'],
  ]);
});
