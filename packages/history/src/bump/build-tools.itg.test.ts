import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { bumpFile } from './bump-file.ts';
import { kindOf } from './file-kind.ts';

type Files = Readonly<Record<string, string>>;

/** The build tools are large and the formats have tests of their own, so a host without a tool has no test with it, not a skipped one. */
function withTool(tool: string, name: string, rule: () => Promise<void>): void {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  if (folders.some((folder) => existsSync(join(folder, tool)))) test(name, rule);
}

const environment = { PATH: process.env['PATH'], HOME: process.env['HOME'], LC_ALL: 'C.UTF-8' };
const ask = (folder: string, tool: string, ...args: readonly string[]): string =>
  execFileSync(tool, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: environment }).trim();

async function inFolder(files: Files, look: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'release-kit-bump-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    await look(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function bumpIn(folder: string, files: readonly string[], names: readonly string[] = []): Promise<void> {
  for (const file of files) {
    const text = await readFile(join(folder, file), 'utf8');
    const result = await bumpFile(kindOf(file), text, { file, from: '1.2.0', to: '2.0.0', names });
    await writeFile(join(folder, file), result.text);
  }
}

describe('the tool itself sees the new version', () => {
  withTool('cmake', 'CMake', async () => {
    const project = [
      'cmake_minimum_required(VERSION 3.16)',
      '#[[ project(a VERSION 1) ]]',
      'set(V "1.2.0") # "',
      `project(tool VERSION \${V} LANGUAGES NONE)`,
      `message(STATUS "is \${PROJECT_VERSION}.")`,
    ].join('\n');
    await inFolder({ 'CMakeLists.txt': project }, async (folder) => {
      await bumpIn(folder, ['CMakeLists.txt']);
      expect(ask(folder, 'cmake', '-S', '.', '-B', 'build')).toContain('-- is 2.0.0.');
    });
  });

  withTool('meson', 'Meson', async () => {
    const project =
      "# project('x')\nproject('tool', license: '''version: '1.2.0',''',\n  version : '1.2.0', # '\n  meson_version: '>=0.50')\n";
    await inFolder({ 'meson.build': project }, async (folder) => {
      await bumpIn(folder, ['meson.build']);
      expect(JSON.parse(ask(folder, 'meson', 'introspect', '--projectinfo', 'meson.build'))).toMatchObject({ version: '2.0.0' });
    });
  });

  withTool('autoconf', 'Autoconf', async () => {
    const project =
      '# AC_INIT([a], [9])\ndnl AC_INIT([b], [8])\nm4_define([v], [1.2.0])dnl [\nAC_INIT([tool, (x)], dnl ,\n  [v], [me@example.org])\nAC_OUTPUT\n';
    await inFolder({ 'configure.ac': project }, async (folder) => {
      await bumpIn(folder, ['configure.ac']);
      expect(ask(folder, 'autoconf', '-o', '-', 'configure.ac')).toContain("\nPACKAGE_VERSION='2.0.0'\n");
    });
  });

  withTool('cargo', 'Cargo, which needs no change of the lock file after it', async () => {
    const workspace = {
      'Cargo.toml':
        '[workspace]\nmembers = ["tool", "core"]\nresolver = "2"\n[workspace.package]\nversion = "1.2.0" # all\n[workspace.dependencies]\ncore = { version = "=1.2.0", path = "core", package = "tool-core" }\n',
      'tool/Cargo.toml': '[package]\nname = "tool"\nversion.workspace = true\nedition = "2021"\n[dependencies.core]\nworkspace = true\n',
      'core/Cargo.toml': '[package]\nname = "tool-core"\nversion = { workspace = true }\nedition = "2021"\n',
      'tool/src/lib.rs': '',
      'core/src/lib.rs': '',
    };
    await inFolder(workspace, async (folder) => {
      ask(folder, 'cargo', 'generate-lockfile', '--offline');
      await bumpIn(folder, ['Cargo.toml', 'Cargo.lock', 'tool/Cargo.toml', 'core/Cargo.toml']);
      const { packages } = JSON.parse(ask(folder, 'cargo', 'metadata', '--locked', '--offline', '--format-version', '1'));
      expect(packages).toMatchObject([{ version: '2.0.0' }, { version: '2.0.0' }]);
    });
  });

  withTool('npm', 'npm, which would write the same lock file', async () => {
    const names = ['root', '@x/a', '@x/b'];
    const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
    const workspaces = {
      'package.json': json({ name: 'root', version: '1.2.0', workspaces: ['packages/*'], dependencies: { '@x/a': '^1.2.0' } }),
      'packages/a/package.json': json({
        name: '@x/a',
        version: '1.2.0',
        dependencies: { '@x/b': '1.2.0' },
        peerDependencies: { '@x/b': '1' },
      }),
      'packages/b/package.json': json({ name: '@x/b', version: '1.2.0' }),
    };
    const lockOnly = ['install', '--package-lock-only', '--offline', '--no-audit', '--no-fund'];
    await inFolder(workspaces, async (folder) => {
      ask(folder, 'npm', ...lockOnly);
      await bumpIn(folder, ['package-lock.json', ...Object.keys(workspaces)], names);
      const lock = await readFile(join(folder, 'package-lock.json'), 'utf8');
      expect(lock).not.toContain('1.2.0');
      ask(folder, 'npm', ...lockOnly);
      expect(await readFile(join(folder, 'package-lock.json'), 'utf8')).toBe(lock);
    });
  });
});
