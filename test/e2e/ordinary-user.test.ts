import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exampleRepository } from '../support/history.ts';
import { type OrdinaryUser, ordinaryUser } from '../support/ordinary-user.ts';
import { type StepResult, startJob } from '../support/runner/index.ts';

const minute = 60_000;
const dist = join(import.meta.dirname, '../../dist');
const cache = process.env['RELEASE_KIT_CACHE'] ?? join(homedir(), '.cache', 'release-kit');
const able = process.env['CI'] !== undefined || (process.getuid?.() === 0 && existsSync('/usr/bin/sudo'));
const given = able ? describe : describe.skip;

interface Ended extends StepResult {
  readonly left: readonly string[];
}

given('an action that needs root, started as an ordinary user', () => {
  let user: OrdinaryUser;
  let folder: string;
  beforeAll(() => {
    user = ordinaryUser();
    folder = mkdtempSync(join(tmpdir(), 'ordinary-user-'));
    chmodSync(folder, 0o755);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    user[Symbol.dispose]();
  });

  /** A checkout of the user's own. */
  async function checkout(name: string): Promise<string> {
    const workspace = join(folder, name);
    await exampleRepository(workspace, { tag: 'v1.0.0' });
    execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, workspace]);
    return workspace;
  }

  async function act(
    action: string,
    inputs: Readonly<Record<string, string>>,
    options: { readonly workspace?: string; readonly env?: Readonly<Record<string, string>>; readonly cancelAfter?: number } = {},
  ): Promise<Ended> {
    const { workspace, env, cancelAfter } = options;
    await using job = await startJob({
      user,
      env: { RELEASE_KIT_CACHE: cache, ...env },
      ...(workspace === undefined ? {} : { workspace }),
    });
    const signal = cancelAfter === undefined ? {} : { signal: AbortSignal.timeout(cancelAfter) };
    const step = await job.run(join(dist, action), inputs, signal);
    return { ...step, left: await job.leftBehind() };
  }

  const errorsOf = (step: StepResult): readonly string[] =>
    step.annotations
      .filter(({ level }) => level === 'error')
      .map(({ properties, message }) => `${Object.entries(properties).join(' ')} ${message}`);

  test.each([
    ['setup-cross', {}, /E_HOST.*sudo does not give it: sudo: .*password.*/],
    ['build-deb', { PATH: dirname(process.execPath) }, /E_HOST.*sudo does not give it: sudo is not installed/],
  ])('%s without such a sudo ends with E_HOST and what to do', async (action, env, expected) => {
    const step = await act(action, {}, { env });
    expect({ exitCode: step.exitCode, left: step.left, outputs: step.outputs }).toEqual({ exitCode: 2, left: [], outputs: {} });
    expect(errorsOf(step)).toEqual([expect.stringMatching(expected)]);
    expect(errorsOf(step)[0]).toMatch(/What to do: Use a runner on which sudo asks for no password/);
  });

  describe('whose sudo asks for no password', () => {
    beforeAll(() => user.allowSudo());

    test(
      "build-deb builds; outputs arrive, all it made is the user's, and a failed check after it keeps its code",
      async () => {
        const workspace = await checkout('build');
        const foreign = join(workspace, 'of-root');
        mkdirSync(foreign);
        writeFileSync(join(foreign, 'file'), '');
        const step = await act('build-deb', {}, { workspace });
        expect({ errors: errorsOf(step), exitCode: step.exitCode, left: step.left }).toEqual({ errors: [], exitCode: 0, left: [] });
        expect(step.lines[0]).toBe('Starting as root, by sudo: clean machines are mounted and started by root only');
        expect(step.outputs['packages']).toMatch(/^hello-service_.*_amd64\.deb$/m);
        expect(step.summary).toMatch(/hello-service/);
        const made = readdirSync(workspace, { recursive: true, encoding: 'utf8' });
        expect(made).toContain('out/manifest.json');
        expect(made.filter((path) => lstatSync(join(workspace, path)).uid !== user.uid)).toEqual(['of-root', 'of-root/file']);
        const changed = await act('lintian-check', { 'manifest-digest': '0'.repeat(64) }, { workspace });
        expect(changed).toMatchObject({ conclusion: 'failure', exitCode: 1, outputs: {}, left: [] });
        expect(errorsOf(changed)).toEqual([expect.stringMatching(/E_DIGEST/)]);
      },
      10 * minute,
    );

    test(
      'a mistake keeps its code and its annotation, and sudo writes no input into its log',
      async () => {
        const step = await act('build-deb', { source: '.', 'no-such-input': 'never logged' });
        expect(step).toMatchObject({ conclusion: 'failure', exitCode: 2, outputs: {}, left: [] });
        expect(errorsOf(step)).toEqual([expect.stringMatching(/E_INPUT input no-such-input is not an input of build-deb/)]);
        expect(user.sudoLog()).toMatch(/COMMAND=/);
        expect(user.sudoLog()).not.toMatch(/never\s+logged|ENV=/);
        const lost = await act('build-deb', { version: '() { :; }' });
        expect(errorsOf(lost)).toEqual([expect.stringMatching(/E_INPUT input version starts with "\(\)", and sudo hands no such text on/)]);
      },
      minute,
    );

    test(
      'the command line, which starts itself as root, writes no key into the log of sudo',
      () => {
        const secret = { RELEASE_KIT_KEY: 'a key, never logged', RELEASE_KIT_SECOND_KEY: 'another one, never logged' };
        const env = { PATH: process.env['PATH'], HOME: folder, ...secret };
        const { uid, gid } = user;
        const script = join(import.meta.dirname, '../../scripts/release-kit');
        const { stderr, status } = spawnSync(script, ['doctor', '--json'], { uid, gid, env, cwd: folder, encoding: 'utf8' });
        expect({ status, stderr }).toMatchObject({ stderr: expect.stringMatching(/starting with sudo[\s\S]*doctor/) });
        expect(user.sudoLog()).toMatch(/COMMAND=[\s\S]*doctor/);
        expect(user.sudoLog()).not.toMatch(/never\s+logged|ENV=/);
        // Neither help nor a look at a repository asks anybody for a password.
        for (const args of [
          ['build', '--help'],
          ['doctor', '--only', 'repository'],
        ]) {
          const needless = spawnSync(script, args, { uid, gid, env, cwd: folder, encoding: 'utf8' });
          expect({ status: needless.status, stderr: needless.stderr }).toMatchObject({
            status: 0,
            stderr: expect.not.stringContaining('sudo'),
          });
        }
      },
      minute,
    );

    test(
      'a cancelled build ends before the runner loses patience, and leaves no process, mount or folder',
      async () => {
        const workspace = await checkout('cancelled');
        const start = performance.now();
        const step = await act('build-deb', {}, { workspace, cancelAfter: 2500 });
        expect(performance.now() - start - 2500).toBeLessThan(7500);
        expect(step).toMatchObject({ conclusion: 'cancelled', exitCode: 130, left: [] });
        expect(step.lines[0]).toMatch(/^Starting as root/);
        expect(errorsOf(step)).toEqual([expect.stringMatching(/E_CANCELLED interrupted/)]);
      },
      2 * minute,
    );
  });
});
