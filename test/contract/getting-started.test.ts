import { execFileSync } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RecordingHost, recordingHost } from '@release-kit/action';
import { repository } from '../support/command-line.ts';
import { markedBlocks } from '../support/documents/marked-blocks.ts';

/** Milliseconds: each command is a program that starts. */
const long = 180_000;
const own = 'test/contract/getting-started.test.ts';
let home = '';
let host: RecordingHost;

beforeAll(async () => {
  host = await recordingHost();
  home = await mkdtemp(join(tmpdir(), 'getting-started-'));
  await cp(join(repository, 'examples/hello-service'), join(home, 'project'), { recursive: true });
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', join(home, 'project'), '-c', 'user.name=A', ...args]);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('-c', 'user.email=a@example.org', 'commit', '--quiet', '--message', 'feat: say hello');
  const program = [`'${process.execPath}'`, '--no-warnings', '--conditions=release-kit:source', `'${repository}packages/cli/src/main.ts'`];
  await mkdir(join(home, 'bin'));
  await writeFile(join(home, 'bin/release-kit'), `#!/bin/sh\nexec ${program.join(' ')} "$@"\n`);
  await chmod(join(home, 'bin/release-kit'), 0o755);
}, long);

afterAll(async () => {
  await rm(home, { recursive: true });
  await host[Symbol.asyncDispose]();
});

/** All of it in the project, as one script that ends at the first failure. */
async function run(commands: readonly string[]): Promise<{ readonly exitCode: number | null; readonly said: string }> {
  const env = { HOME: home, PATH: `${join(home, 'bin')}:${process.env['PATH'] ?? ''}`, GIT_CONFIG_GLOBAL: '/dev/null' };
  const script = `set -euo pipefail\n${commands.join('\n')}`;
  const ended = await host.exec(['bash', '-c', script], { cwd: join(home, 'project'), env, allow: 'any', timeout: long });
  return { exitCode: ended.exitCode, said: ended.stdout + ended.stderr };
}

/** What it says; it has to end well. */
async function runWell(commands: readonly string[]): Promise<string> {
  const { exitCode, said } = await run(commands);
  expect([exitCode, exitCode === 0 ? '' : said]).toEqual([0, '']);
  return said;
}

test(
  'what getting-started.md says at a terminal and to maintainers works, one after the other',
  async () => {
    const [maintainer = '', terminal = '', ...more] = await markedBlocks(repository, 'docs/getting-started.md', own);
    expect(more).toEqual([]);
    const seen = await runWell([terminal]);
    expect(seen).toMatch(/hello-service +\. +debian:12/);
    expect(seen).toContain('- say hello');
    expect(seen).toMatch(/\n0\.1\.0\n/);
    expect(await runWell([maintainer])).toMatch(/good +workflow .*release-kit-release\.yml/);
    expect(await readdir(join(home, 'project/.github/workflows'))).toHaveLength(3);
  },
  long,
);

test(
  'what releasing.md asks before a tag is answered',
  async () => {
    const commands = await markedBlocks(repository, 'docs/releasing.md', own);
    expect(commands).toHaveLength(1);
    expect(await runWell(commands)).toContain('say hello');
    const { exitCode, said } = await run(commands.map((text) => text.replace('v1.0.0', 'v2.0.0')));
    expect(exitCode).toBe(2);
    expect(said).toMatch(/E_VERSION[\s\S]*debian\/changelog/);
  },
  long,
);
