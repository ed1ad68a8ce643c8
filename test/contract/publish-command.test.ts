import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { treeDigest } from '../../scripts/building/digest.ts';
import { gitIn } from '../../scripts/publishing/git.ts';
import { writeSmallDist } from '../support/small-dist.ts';

const root = join(import.meta.dirname, '../..');

let folder: string;
let checkout: string;
let remote: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'release-kit-command-'));
  [checkout, remote] = [join(folder, 'checkout'), join(folder, 'remote.git')];
  await writeSmallDist(join(folder, 'built'));
  // As the job that holds the token has it: sources, and nothing installed.
  await cp(join(root, 'scripts'), join(checkout, 'scripts'), { recursive: true, filter: (path) => !path.includes('node_modules') });
  await cp(join(folder, 'built', 'workflows'), join(checkout, '.github', 'workflows'), { recursive: true });
  await writeFile(join(checkout, 'package.json'), '{ "type": "module" }\n');
  await mkdir(remote);
  await gitIn(remote).run(['init', '--quiet', '--bare', '--initial-branch=main', '.']);
  const git = gitIn(checkout);
  await git.run(['init', '--quiet', '--initial-branch=main', '.']);
  await git.run(['add', '--all']);
  await git.run(['-c', 'user.name=A', '-c', 'user.email=a@example.org', 'commit', '--quiet', '-m', 'first']);
});
afterEach(() => rm(folder, { recursive: true }));

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs the script as a person does; `until` ends it with everything that it started. */
async function run(argv: readonly string[], until?: () => boolean): Promise<Ended> {
  const child = spawn(process.execPath, ['scripts/publish-tree.ts', ...argv], {
    cwd: checkout,
    detached: true,
    env: { PATH: process.env['PATH'], HOME: folder, TMPDIR: folder, GITHUB_OUTPUT: join(folder, 'outputs') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, output }));
  });
  if (until === undefined) return ended;
  let over = false;
  void ended.finally(() => {
    over = true;
  });
  while (!over && !until()) await sleep(5);
  if (!over && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  return ended;
}

async function publishing(...more: readonly string[]): Promise<readonly string[]> {
  const dist = join(folder, 'built', 'dist');
  const least = ['--version', 'v1.0.0', '--repository', remote, '--name', 'acme/kit', '--dist', dist];
  return [...least, '--digest', await treeDigest(dist), ...more];
}

const refs = (): Promise<string> => gitIn(remote).run(['for-each-ref', '--format=%(refname)']);

describe('publish-tree', () => {
  test('says what it would do, does it, and says that it is done', async () => {
    const would = await run(await publishing('--dry-run'));
    expect(would).toMatchObject({ exitCode: 0, output: expect.stringMatching(/^Immutable releases: not asked.*\nWould publish 17 files/) });
    expect(await refs()).toBe('');
    const did = await run(await publishing());
    expect(did).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(/Published 17 files.*v1 +new -> .*Fetched back: the same, byte for byte\./s),
    });
    expect(await refs()).toBe('refs/tags/v1\nrefs/tags/v1.0.0');
    expect((await run(await publishing())).output).toMatch(/Every tag is in place already\.\n {2}v1 is there already/);
    expect(did.output).toContain(`commit=${await gitIn(remote).run(['rev-parse', 'v1'])}\n`);
  });

  test('nothing of a tree that was built elsewhere runs where the token is', async () => {
    const ran = join(folder, 'ran');
    const bundle = `import { writeFileSync } from 'node:fs';\nwriteFileSync(${JSON.stringify(ran)}, '');\n`;
    await writeSmallDist(join(folder, 'built'), { 'dist/build-deb/index.js': bundle });
    expect(await run(await publishing())).toMatchObject({ exitCode: 0 });
    expect(existsSync(ran)).toBe(false);
  });

  test('a work tree that is not all committed is refused', async () => {
    await writeFile(join(checkout, 'planted'), '');
    const { exitCode, output } = await run(await publishing());
    expect({ exitCode, output }).toEqual({
      exitCode: 1,
      output: expect.stringMatching(/^Nothing more is done \(dirty\): .*\n\?\? planted$/m),
    });
    expect(await refs()).toBe('');
  });

  test('a tree that is not what was built elsewhere is refused', async () => {
    const { exitCode, output } = await run(await publishing('--digest', 'a'.repeat(64)));
    expect({ exitCode, output }).toEqual({
      exitCode: 1,
      output: expect.stringMatching(/^Nothing more is done \(not-reproducible\): .* not a{64}$/m),
    });
    expect(await refs()).toBe('');
  });

  test.each(['pre-receive', 'post-receive'])('killed in %s, the next run ends in the same state', async (name) => {
    const [hook, reached] = [join(remote, 'hooks', name), join(folder, 'reached')];
    await mkdir(join(remote, 'hooks'), { recursive: true });
    await writeFile(hook, `#!/bin/sh\ntouch ${reached}\nsleep 20\n`);
    await chmod(hook, 0o755);
    expect((await run(await publishing(), () => existsSync(reached))).exitCode).toBeNull();
    const between = await refs();
    expect(between).toBe(name === 'pre-receive' ? '' : 'refs/tags/v1\nrefs/tags/v1.0.0');
    await rm(hook);
    expect(await run(await publishing())).toMatchObject({ exitCode: 0 });
    expect(await refs()).toBe('refs/tags/v1\nrefs/tags/v1.0.0');
    expect(await gitIn(remote).run(['rev-parse', 'v1.0.0^{commit}'])).toBe(await gitIn(remote).run(['rev-parse', 'v1']));
  });
});
