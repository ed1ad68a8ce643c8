import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runProgram } from '@release-kit/cli';
import { repository } from '../support/command-line.ts';
import { readWorkflow } from '../support/workflows/workflow-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'first-steps-'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Check {
  readonly level: string;
  readonly name: string;
  readonly finding: string;
  readonly place?: { readonly file: string };
}

/** The document that a command prints for programs. */
async function documentOf(...args: readonly string[]): Promise<{ readonly exitCode: number; readonly checks: readonly Check[] }> {
  let text = '';
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
  const silent = { write: () => true };
  await runProgram(['--json', ...args], { env, cwd: folder, stderr: silent, stdout: { write: (more) => (text += more) } });
  return JSON.parse(text);
}

async function checkoutOf(example: string): Promise<void> {
  await cp(join(repository, example), folder, { recursive: true });
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', folder]);
}

const bad = (checks: readonly Check[]): readonly Check[] => checks.filter(({ level }) => level === 'bad');

describe.each(['examples/hello-service', 'examples/two-packages', 'examples/broken'])('init in %s', (example) => {
  test('writes what GitHub reads and doctor finds right', async () => {
    await checkoutOf(example);
    expect(await documentOf('init')).toMatchObject({ exitCode: 0 });
    const names = await readdir(join(folder, '.github/workflows'));
    expect(names).toHaveLength(3);
    for (const name of names) {
      const path = `.github/workflows/${name}`;
      const { jobs, permissions } = await readWorkflow(await readFile(join(folder, path), 'utf8'), path);
      expect(jobs.size).toBe(1);
      expect(permissions).toEqual({});
    }
    const { checks } = await documentOf('doctor', '--only', 'repository');
    expect(bad(checks)).toEqual([]);
    expect(checks.filter(({ name, level }) => name === 'workflow' && level === 'good')).toHaveLength(3);
  });
});

test('doctor finds no mistake in any example', async () => {
  await checkoutOf('examples/hello-service');
  await cp(join(repository, 'examples/workflows'), join(folder, '.github/workflows'), { recursive: true });
  const { checks } = await documentOf('doctor', '--only', 'repository');
  expect(bad(checks)).toEqual([]);
  const files = (await readdir(join(folder, '.github/workflows'))).filter((name) => name.endsWith('.yml'));
  const looked = new Set(checks.flatMap(({ place }) => place?.file ?? []));
  expect(files.filter((name) => !looked.has(`.github/workflows/${name}`))).toEqual([]);
});

test('init asks somebody who sits at a terminal, also one who types ahead', async () => {
  await checkoutOf('examples/hello-service');
  await rm(join(folder, 'release-kit.yml'));
  // script(1) is a terminal at both ends.
  const command = `'${process.execPath}' --conditions=release-kit:source '${join(repository, 'packages/cli/src/main.ts')}' init`;
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
  const said = execFileSync('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    cwd: folder,
    env,
    timeout: 50_000,
    input: 'amd64, arm64\n\ntrunk\n',
    encoding: 'utf8',
  });
  expect(said).toMatch(/Architectures .*\[amd64\]: [\s\S]*Distributions .*\[debian:12\]: [\s\S]*Main branch \[main\]: /);
  expect(await readFile(join(folder, 'release-kit.yml'), 'utf8')).toContain('architectures: [amd64, arm64]');
  expect(await readFile(join(folder, '.github/workflows/release-kit-build.yml'), 'utf8')).toContain('branches: [trunk]');
}, 60_000);
