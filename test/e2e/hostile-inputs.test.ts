import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { packaged, runAction, tinySource, writeFiles } from '../support/hostile.ts';
import { describeWithMachines } from '../support/machine-host.ts';
import type { StepResult } from '../support/runner/index.ts';

const minute = 60_000;
const titles = (step: StepResult): readonly string[] =>
  step.annotations.filter(({ level }) => level === 'error').map(({ properties }) => (properties['title'] ?? '').replace(/^[^:]*: /, ''));
const everyFile = (folder: string): readonly string[] => readdirSync(folder, { recursive: true }).map(String);

const tags = [
  'v1.0$(touch made)',
  'v1`touch made`',
  'v1;touch made',
  '-v1',
  '--version',
  'v1<<EOF',
  'v1\u202e0',
  'vé',
  'v1\n::error::planted',
  'v1%0A::x',
  '../v1',
  'v1.0|id',
  '',
];

describe.each<[string, string, Readonly<Record<string, string>>]>([
  ['build-deb', 'version', {}],
  ['draft-release', 'tag', { assets: 'out' }],
  ['changelog', 'to', {}],
  ['changelog', 'from', {}],
])('%s with a hostile %s', (name, input, others) => {
  test.each(tags.filter((tag) => tag !== '' || input === 'tag'))('%j is refused, and nothing is run or made', async (tag) => {
    let before: readonly string[] = [];
    const step = await runAction(name, {
      inputs: { ...others, [input]: tag },
      prepare: async (workspace) => {
        await tinySource(workspace);
        await packaged(workspace, [{ name: 'tiny' }]);
        execFileSync('git', ['init', '-q', workspace]);
        execFileSync('git', [
          '-C',
          workspace,
          '-c',
          'user.name=A',
          '-c',
          'user.email=a@example.org',
          'commit',
          '-q',
          '--allow-empty',
          '-m',
          'feat: a',
        ]);
        before = everyFile(workspace).filter((path) => !path.startsWith('.git/'));
      },
      look: async (workspace) => expect(everyFile(workspace).filter((path) => !path.startsWith('.git/'))).toEqual(before),
    });
    expect(step).toMatchObject({ conclusion: 'failure', exitCode: 2, outputs: {} });
    expect(titles(step)).toHaveLength(1);
    expect(titles(step)[0]).toMatch(/^E_(?:INPUT|TAG|VERSION|GIT)$/);
  });
});

const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi'].map((c, i) => `${c}: &${c} [${`*${'abcdefgh'[i]},`.repeat(9)}]`).join('\n')}\n`;

const configurations: readonly (readonly [string, string])[] = [
  ['an alias bomb', bomb],
  ['merge keys', 'base: &b {fail-on: never}\nlint: {<<: *b}\n'],
  ['__proto__', '__proto__: {polluted: true}\n'],
  ['a foreign tag', "lint: !!js/function 'function () {}'\n"],
  ['10 MiB', `# ${'x'.repeat(10 * 1024 * 1024)}\n`],
  ['duplicate keys', 'lint: {fail-on: error}\nlint: {fail-on: never}\n'],
  ['tabs', 'lint:\n\tfail-on: error\n'],
  ['not a number', 'release: .nan\n'],
  ['an unknown key', 'lintt: {fail-on: never}\n'],
  ['a wrong type', 'architectures: {"::error::planted": 1}\n'],
  ['commands in a key', '"::add-mask::e\\n##[error]planted\\e[31m": 1\n'],
  ['a path with NUL', 'packages: [{path: "a\\0b"}]\n'],
  ['a path upwards', 'packages: [{path: ../..}]\n'],
  ["a path into git's own data", 'packages: [{path: .git}]\n'],
];

describe.each(['build-matrix', 'install-smoke', 'lintian-check'])('%s with a hostile release-kit.yml', (name) => {
  test.each(configurations)('%s is refused at once, at its line', async (_, text) => {
    const start = performance.now();
    let prepared = 0;
    const step = await runAction(name, {
      prepare: async (workspace) => {
        await tinySource(workspace);
        await packaged(workspace, [{ name: 'tiny' }]);
        await writeFiles(workspace, { 'release-kit.yml': text });
        prepared = performance.now() - start;
      },
    });
    expect(step).toMatchObject({ conclusion: 'failure', exitCode: 2, outputs: {} });
    expect(titles(step)[0]).toMatch(/^E_(?:CONFIG|PATH|SOURCE)$/);
    expect(step.annotations[0]?.properties['file']).toMatch(/^release-kit\.yml$/);
    expect(Number(step.annotations[0]?.properties['line'])).toBeGreaterThan(0);
    expect(performance.now() - start - prepared).toBeLessThan(5000);
  });

  test('a link that leads out of the repository is refused', async () => {
    const step = await runAction(name, {
      prepare: async (workspace) => {
        await tinySource(workspace);
        await packaged(workspace, [{ name: 'tiny' }]);
        await symlink('/etc', join(workspace, 'out-of-here'));
        await writeFiles(workspace, { 'release-kit.yml': 'packages: [{path: out-of-here}]\n' });
      },
    });
    expect(step).toMatchObject({ conclusion: 'failure', exitCode: 2, outputs: {} });
    expect(titles(step)).toEqual(['E_PATH']);
  });
});

describeWithMachines('lintian-check', () => {
  test(
    'takes the severity from release-kit.yml; the input is stronger',
    async () => {
      const prepare = async (workspace: string): Promise<void> => {
        await packaged(workspace, [{ name: 'tiny' }]);
        await writeFiles(workspace, { 'release-kit.yml': 'lint: {fail-on: never}\n' });
      };
      expect(await runAction('lintian-check', { prepare })).toMatchObject({ conclusion: 'success', outputs: { result: 'passed' } });
      const inputs = { 'fail-on': 'error' };
      expect(await runAction('lintian-check', { prepare, inputs })).toMatchObject({ conclusion: 'failure', outputs: { result: 'failed' } });
    },
    2 * minute,
  );
});
