import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type RecordingHost, readInputs, recordingHost } from '@release-kit/action';
import { run } from '../run.ts';
import { spec } from '../spec.ts';

let host: RecordingHost;
let checkout: string;
beforeEach(async () => {
  host = await recordingHost();
  checkout = join(host.files.workspace, 'project');
});
afterEach(async () => {
  await host[Symbol.asyncDispose]();
});

/** The build tools are large, so a host without a tool has no test with it, not a skipped one. */
function withTool(tool: string, name: string, rule: () => Promise<void>): void {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  if (folders.some((folder) => existsSync(join(folder, tool)))) test(name, rule, 120_000);
}

const environment = { PATH: process.env['PATH'], HOME: process.env['HOME'], LC_ALL: 'C.UTF-8', GIT_CONFIG_GLOBAL: '/dev/null' };
const ask = (tool: string, ...args: readonly string[]): string =>
  execFileSync(tool, args, { cwd: checkout, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: environment }).trim();

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(checkout, name)), { recursive: true });
    await writeFile(join(checkout, name), text);
  }
}

/** Two commits and a release between them, then a bump to 2.0.0. */
async function release(): Promise<string> {
  const who = ['-c', 'user.name=A', '-c', 'user.email=a@example.org'];
  await put({ '.gitignore': 'node_modules\ntarget\n' });
  ask('git', 'init', '-q');
  ask('git', 'add', '.');
  ask('git', ...who, 'commit', '-q', '-m', 'feat: one');
  ask('git', 'tag', 'v1.2.0');
  ask('git', ...who, 'commit', '-q', '--allow-empty', '-m', 'feat!: two');
  const inputs = readInputs(spec, { source: checkout, mode: 'bump' }, { workspace: host.files.workspace, nameOf: (name) => name });
  return (await run(inputs, host)).changed;
}

const json = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;

describe('the tool itself has nothing to add after a bump', () => {
  const install = () => ask('npm', 'install', '--package-lock-only', '--offline', '--no-audit', '--no-fund');

  withTool('npm', 'of a workspace of npm', async () => {
    await put({
      'package.json': json({ name: 'all', version: '1.2.0', private: true, workspaces: ['packages/*'] }),
      'packages/a/package.json': json({ name: '@x/a', version: '1.2.0' }),
      'packages/b/package.json': json({
        name: '@x/b',
        version: '1.2.0',
        dependencies: { '@x/a': '^1.2.0' },
        devDependencies: { '@x/own': '*' },
      }),
      'packages/own/package.json': json({ name: '@x/own', version: '0.4.0' }),
    });
    install();
    const { length } = (await release()).split('\n');
    expect(length).toBe(4);
    const after = ask('git', 'diff');
    expect(after).toContain('+        "@x/a": "^2.0.0"');
    install();
    expect(ask('git', 'diff')).toBe(after);
  });

  withTool('cargo', 'of a workspace of Cargo', async () => {
    const crate = (name: string, version: string, more = '') => `[package]\nname = "${name}"\n${version}\nedition = "2021"\n${more}`;
    await put({
      'Cargo.toml':
        '[workspace]\nresolver = "2"\nmembers = ["crates/*"]\n\n[workspace.package]\nversion = "1.2.0"\n\n[workspace.dependencies]\na = { path = "crates/a", version = "1.2.0" }\n',
      'crates/a/Cargo.toml': crate('a', 'version.workspace = true'),
      'crates/b/Cargo.toml': crate(
        'b',
        'version = "1.2.0"',
        '[dependencies]\na.workspace = true\ndeep = { path = "../../deep", version = "=1.2.0" }\n',
      ),
      'crates/own/Cargo.toml': crate('own', 'version = "0.4.0"', '[dependencies]\n'),
      'deep/Cargo.toml': crate('deep', 'version = "1.2.0"'),
      ...Object.fromEntries(['crates/a', 'crates/b', 'crates/own', 'deep'].map((path) => [`${path}/src/lib.rs`, ''])),
    });
    ask('cargo', 'generate-lockfile', '--offline');
    await release();
    // With --locked it fails when the lock file is not what the manifests ask for.
    const { packages } = JSON.parse(ask('cargo', 'metadata', '--offline', '--locked', '--no-deps', '--format-version=1'));
    const versions = packages.map(({ name, version }: Record<string, string>) => `${name} ${version}`).sort();
    expect(versions).toEqual(['a 2.0.0', 'b 2.0.0', 'deep 2.0.0', 'own 0.4.0']);
    expect(ask('cargo', 'tree', '--offline', '--locked', '-p', 'b')).toMatch(/a v2\.0\.0[\s\S]*deep v2\.0\.0/);
    expect(await readFile(join(checkout, 'Cargo.lock'), 'utf8')).toContain('name = "own"\nversion = "0.4.0"');
  });
});
