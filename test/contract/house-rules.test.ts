import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { actionProblems, errorCodeProblems } from '../support/house/action-folders.ts';
import { dependencyProblems, lockProblems } from '../support/house/dependencies.ts';
import { importsOf } from '../support/house/import-list.ts';
import { importProblems } from '../support/house/layers.ts';
import { lazyImportProblems } from '../support/house/lazy-imports.ts';
import { readTree } from '../support/house/source-tree.ts';
import { addressProblems, lengthProblems, trickProblems } from '../support/house/text-rules.ts';
import { workflowProblems } from '../support/house/workflow-rules.ts';

const tree = (files: Readonly<Record<string, string>>) => new Map(Object.entries(files));
const one = (path: string, text: string) => tree({ [path]: text });

describe('imports', () => {
  test('are found in every form, with their lines', () => {
    const source = [
      "import { a } from './a.ts';",
      'import type {',
      '  B,',
      "} from '@release-kit/debian';",
      "// import './comment.ts';",
      "/* import './block.ts'; */ export * from './c.ts';",
      "import './side.ts';",
      "const x = await import('openpgp');",
      'const y = await import(name);',
      "const url = 'https://example.org/import';",
      "const z = require('node:fs');",
      'const script = `',
      "import { x } from '@release-kit/cli';",
      '`;',
    ].join('\n');
    expect(importsOf(source).map(({ module, line, typeOnly }) => [module, line, typeOnly])).toEqual([
      ['./a.ts', 1, false],
      ['@release-kit/debian', 4, true],
      ['./c.ts', 6, false],
      ['./side.ts', 7, false],
      ['openpgp', 8, false],
      [undefined, 9, false],
      ['node:fs', 11, false],
    ]);
  });

  test.each([
    ['packages/debian/src/x.ts', "import { readFile } from 'node:fs/promises';", 'is pure, but imports node:fs/promises'],
    ['packages/history/src/x.ts', "import { info } from '@actions/core';", 'is pure, but imports @actions/core'],
    [
      'packages/machine/src/x.ts',
      "import { spawn } from 'node:child_process';",
      'only packages/action/src/spawn.ts starts processes, but it imports node:child_process',
    ],
    [
      'packages/machine/src/x.ts',
      "const c = process.getBuiltinModule('child_process');",
      'only packages/action/src/spawn.ts starts processes, but it imports child_process',
    ],
    [
      'packages/action/src/x.ts',
      "import { parseVersion } from '@release-kit/debian';",
      'packages/action may not import @release-kit/debian',
    ],
    [
      'packages/debian/src/x.ts',
      "import { Manifest } from '@release-kit/manifest';",
      'packages/debian may not import @release-kit/manifest',
    ],
    [
      'packages/manifest/src/x.ts',
      "import type { Machine } from '@release-kit/machine';",
      'packages/manifest may not import @release-kit/machine',
    ],
    ['packages/github/src/x.ts', "export * from '@release-kit/cli';", 'packages/github may not import @release-kit/cli'],
    ['packages/debian/src/x.ts', "import { y } from '@release-kit/debian';", 'imports its own package by name: @release-kit/debian'],
    [
      'actions/build-deb/src/x.ts',
      "import { run } from '@release-kit/action-changelog';",
      'an action never imports another: @release-kit/action-changelog',
    ],
    ['actions/build-deb/src/x.ts', "import { x } from '@release-kit/cli';", 'actions may not import @release-kit/cli'],
    ['actions/build-deb/src/x.ts', "import { x } from '../../changelog/src/run.ts';", 'leaves its package: ../../changelog/src/run.ts'],
    [
      'actions/build-deb/src/x.ts',
      "import { log } from './build-sample.test-support.ts';",
      'what ships does not import what is for tests: ./build-sample.test-support.ts',
    ],
    [
      'packages/machine/src/x.ts',
      "import { able } from './testing/traces.ts';",
      'what ships does not import what is for tests: ./testing/traces.ts',
    ],
    ['packages/debian/src/x.ts', "import { x } from './y';", 'a relative import ends in .ts: ./y'],
    ['packages/openpgp/src/x.ts', 'await import(name);', 'a computed import cannot be bundled'],
  ])('%s: %s is a violation', (path, source, problem) => {
    expect(importProblems(one(path, `\n${source}\n`))).toEqual([`${path}:2: ${problem}`]);
  });

  test('what a package exports for the tests of others is for tests alone', () => {
    const source = "import { randomOf } from '@release-kit/action/random';\n";
    const found = tree({
      'packages/action/package.json':
        '{ "name": "@release-kit/action", "exports": { "./random": { "release-kit:source": "./src/testing/random.ts" } } }',
      'packages/debian/src/x.ts': source,
      'packages/debian/src/x.test.ts': source,
    });
    expect(importProblems(found)).toEqual([
      'packages/debian/src/x.ts:1: what ships does not import what is for tests: @release-kit/action/random',
    ]);
  });

  test('what the design allows is no violation', () => {
    const allowed = tree({
      'packages/action/src/spawn.ts': "import { spawn } from 'node:child_process';",
      'packages/action/src/render/x.ts': "import { y } from '../spec.ts';",
      'packages/machine/src/x.ts': "import { z } from '@release-kit/debian';\nimport type { ChildProcess } from 'node:child_process';",
      'packages/debian/src/x.test.ts': "import { readFile } from 'node:fs/promises';",
      'actions/build-deb/src/x.ts': "import { z } from '@release-kit/manifest';",
      'packages/cli/src/x.ts': "import { run } from '@release-kit/action-changelog';",
    });
    expect(importProblems(allowed)).toEqual([]);
  });
});

test('what loads too early is found', () => {
  const source =
    "import { setOutput } from '@actions/core';\nimport type { PrivateKey } from 'openpgp';\nconst o = await import('openpgp');";
  expect(lazyImportProblems(one('packages/a/src/x.ts', source))).toEqual([
    'packages/a/src/x.ts:1: @actions/core is heavy: load it by import() where it is used',
  ]);
});

test('package.json, references and imports that disagree are found', () => {
  const problems = dependencyProblems(
    tree({
      'packages/a/package.json': '{"name":"@release-kit/a","dependencies":{"semver":"1","openpgp":"1"}}',
      'packages/a/tsconfig.json': '{"references":[]}',
      'packages/a/src/x.ts': "import 'semver/functions/lt';\nimport '@release-kit/b';\nimport 'yaml';",
      'packages/a/src/x.test.ts': "import fc from 'fast-check';",
      'packages/b/package.json': '{"name":"@release-kit/b"}',
      'packages/b/tsconfig.json': '{"references":[{"path":"../a"}]}',
      'packages/b/src/x.test.ts': "import '@release-kit/a';",
    }),
  );
  expect(problems).toEqual([
    'packages/a: imports @release-kit/b, which package.json does not declare',
    'packages/a: imports yaml, which package.json does not declare',
    'packages/a: declares openpgp, which nothing imports',
    'packages/a: imports @release-kit/b, which tsconfig.json does not reference',
  ]);
});

test('a package without digest is found in a lock file', () => {
  const packages = {
    '': {},
    'packages/a': {},
    'node_modules/@release-kit/a': { link: true },
    'node_modules/b': { integrity: 'sha512-x' },
    'node_modules/c': {},
    'node_modules/d': { integrity: 'sha1-x' },
  };
  expect(lockProblems(one('package-lock.json', JSON.stringify({ packages })))).toEqual([
    'package-lock.json: node_modules/c has no integrity',
    'package-lock.json: node_modules/d has no integrity',
  ]);
});

describe('actions', () => {
  const whole = Object.fromEntries(
    [
      'action.yml',
      'README.md',
      'package.json',
      'tsconfig.json',
      'src/index.ts',
      'src/main.ts',
      'src/run.ts',
      'src/spec.ts',
      'src/run.test.ts',
    ].map((file) => [`actions/a/${file}`, '']),
  );
  test('a complete one is fine', () => expect(actionProblems(tree(whole))).toEqual([]));
  test('a missing page, missing tests and a long entry are found', () => {
    const { 'actions/a/README.md': _page, 'actions/a/src/run.test.ts': _tests, ...rest } = whole;
    expect(actionProblems(tree({ ...rest, 'actions/a/src/run.itg.test.ts': '', 'actions/a/src/main.ts': 'x\n'.repeat(15) }))).toEqual([
      'actions/a: README.md is missing',
      'actions/a: has no unit tests',
      'actions/a/src/main.ts: has 15 lines; an entry stays below 15',
    ]);
  });
  test('a code that nothing throws, or that has no heading, is found', () => {
    const files = tree({
      'actions/a/src/run.ts': "throw new UserError('E_A', 'x')",
      'actions/a/src/run.test.ts': "toThrowWithCode('E_B')",
      'actions/a/src/spec.ts': "errors: ['E_B']",
      'docs/errors.md': '### E_B\n',
    });
    expect(errorCodeProblems(files, ['E_A', 'E_B'])).toEqual(['E_A: docs/errors.md has no heading for it', 'E_B: nothing ends with it']);
  });
});

describe('workflows', () => {
  const sound = `on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    permissions:\n      contents: read # to check out\n    steps:\n      - uses: actions/checkout@${'a'.repeat(40)} # v6.1.0\n      - run: make\n`;
  const problemsOf = (text: string) => workflowProblems(one('.github/workflows/a.yml', text));

  test('a sound one is fine', () => expect(problemsOf(sound)).toEqual([]));
  test.each([
    [
      `actions/checkout@${'a'.repeat(40)} # v6.1.0`,
      'actions/checkout@v6',
      ['actions/checkout@v6 is not pinned by a full commit', 'actions/checkout@v6 says no version in a comment'],
    ],
    ['# v6.1.0', '', [`actions/checkout@${'a'.repeat(40)} says no version in a comment`]],
    ['on: push', 'on: pull_request_target', ['pull_request_target is not allowed']],
    ['on: push', 'on: workflow_run', ['workflow_run is not allowed']],
    ['permissions: {}', 'permissions: write-all', ['write-all is not allowed', 'permissions: {} must stand on top']],
    ['permissions: {}\n', '', ['permissions: {} must stand on top']],
    ['    timeout-minutes: 5\n', '', ['job a has no timeout-minutes']],
    ['read # to check out', 'read', ['a grant says why in a comment']],
    ['run: make', `run: echo \${{ github.head_ref }}`, ['job a: an expression inside run: is code from strangers; pass it by env']],
    ['run: make', `run: |\n${'          make\n'.repeat(6)}`, ['job a: a script of more than 5 lines belongs into a file']],
    ['runs-on: ubuntu-24.04', 'secrets: inherit', ['secrets: inherit is not allowed']],
  ])('%j instead of %j is found', (from, to, problems) => {
    expect(problemsOf(sound.replace(from, to)).map((line) => line.replace(/^[^ ]+: /, ''))).toEqual(problems);
  });
});

describe('text', () => {
  test('addresses of package hosts and paths of one machine are found', () => {
    const host = ['deb', 'debian', 'org'].join('.');
    const path = ['', 'work', 'main'].join('/');
    expect(addressProblems(tree({ 'docs/a.md': `one\nhttp://${host}/debian`, 'scripts/a.sh': `cd ${path}` }))).toEqual([
      `docs/a.md:2: names ${host}`,
      `scripts/a.sh:1: names ${path}`,
    ]);
  });
  test('long files are found', () => {
    expect(
      lengthProblems(
        tree({ 'scripts/a.ts': 'x\n'.repeat(251), 'scripts/b.ts': 'x\n'.repeat(250), 'test/fixtures/c.ts': 'x\n'.repeat(900) }),
      ),
    ).toEqual(['scripts/a.ts: has 251 lines; split it below 250']);
  });
  test.each(["const f = eval('1');", 'new Function("x")', '{ shell: true }', '/* v8 ignore next */', '// @ts-ignore'])(
    '%j is found',
    (line) => {
      expect(trickProblems(one('packages/a/src/x.ts', line))).toHaveLength(1);
      expect(trickProblems(one('packages/a/src/x.test.ts', line))).toHaveLength(0);
    },
  );
});

test('generated and installed files are not part of the tree', async () => {
  const root = await mkdtemp(join(tmpdir(), 'release-kit-tree-'));
  try {
    for (const file of [
      'packages/a/src/x.ts',
      'packages/a/lib/x.js',
      'node_modules/b/index.js',
      'dist/README.md',
      'dist/a/index.js',
      '.github/workflows/.ci.yml',
      '.ci/run',
      'scripts/x.sh',
      'a.png',
    ]) {
      await mkdir(join(root, file, '..'), { recursive: true });
      await writeFile(join(root, file), 'x');
    }
    expect([...(await readTree(root)).keys()].sort()).toEqual([
      '.ci/run',
      '.github/workflows/.ci.yml',
      'dist/README.md',
      'packages/a/src/x.ts',
      'scripts/x.sh',
    ]);
  } finally {
    await rm(root, { recursive: true });
  }
});
