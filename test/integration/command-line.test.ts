/** @slow 200 */
import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ProgramRun, runIn } from '@release-kit/cli/program-run';
import { plainSource } from '../support/foreign-build.ts';
import { exampleRepository } from '../support/history.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';
import { takesAll } from '../support/selection.ts';
import { archivedSource } from '../support/source-archive.ts';

const minute = 60_000;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'command-line-'));
});

afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]): Promise<ProgramRun> => runIn({ folder, env: process.env }, args);

describeWithMachines('the pipeline of the command line', () => {
  test(
    'releases a tagged repository: version from the tag, notes from the commits since the tag before',
    async () => {
      await exampleRepository(join(folder, 'repository'), { tag: 'v1.1.0' });
      const { exitCode, stdout, stderr } = await run('--json', 'release', '--output=draft', 'repository');
      expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
      expect(JSON.parse(stdout)).toMatchObject({
        result: { tag: 'v1.1.0', packages: expect.arrayContaining(['hello-service_1.1.0_amd64.deb']) },
        steps: [
          'build-matrix',
          'setup-cross',
          'build-deb',
          'lintian-check',
          'install-smoke',
          'changelog',
          'sign-artifacts',
          'draft-release',
        ].map((name) => ({ name, outcome: 'passed' })),
      });
      const notes = await readFile(join(folder, 'draft', 'notes.md'), 'utf8');
      expect(notes).toMatch(/complete options in bash, zsh and fish/);
      expect(notes).toMatch(/refuse unknown keys/);
      expect(notes).not.toMatch(/French|answer GET/);
      expect(execFileSync('sha256sum', ['-c', '--strict', 'SHA256SUMS'], { cwd: join(folder, 'draft'), encoding: 'utf8' })).toMatch(
        /deb: OK/,
      );
    },
    5 * minute,
  );

  test('refuses another tag for the same folder before it builds anything', async () => {
    const { exitCode, stdout } = await run('--json', 'release', '--output=draft', '--tag=v2.0.0', 'repository');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ steps: [], error: { code: 'E_ASSET_CONFLICT' } });
  });

  test(
    'a dry run of a folder without history writes no draft',
    async () => {
      await plainSource(join(folder, 'plain'));
      const { exitCode, stdout } = await run('release', '--dry-run', '--fail-on=never', '--output=dry', 'plain');
      expect({ exitCode, stdout: exitCode === 0 ? '' : stdout }).toEqual({ exitCode: 0, stdout: '' });
      expect((await readdir(join(folder, 'dry'))).sort()).toEqual(['logs', 'summary.md']);
      expect(await readFile(join(folder, 'dry', 'summary.md'), 'utf8')).toMatch(/draft-release \| skipped: dry run/);
    },
    5 * minute,
  );

  // tinyproxy is a daemon with a unit, a user and files under /etc; hello has nothing of that.
  test.each([{ name: 'tinyproxy', service: 'tinyproxy.service' }, ...(takesAll ? [{ name: 'hello', service: undefined }] : [])])(
    '$name of the distribution goes through build, lint, install, service, purge and release',
    async ({ name, service }) => {
      await using host = await machineHost();
      const dsc = await archivedSource(host, name);
      const { exitCode, stdout, stderr } = await run('--json', 'release', '--fail-on=never', `--output=${name}`, dsc);
      expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
      const document = JSON.parse(stdout);
      expect(document.result.packages).toContainEqual(expect.stringMatching(new RegExp(`^${name}_.*\\.deb$`)));
      expect(document.steps).toContainEqual(
        expect.objectContaining({
          name: 'install-smoke',
          outputs: expect.objectContaining({ result: 'passed', services: service ?? '', leftover: '' }),
        }),
      );
      const debs = (await readdir(join(folder, name))).filter((file) => file.endsWith('.deb'));
      for (const deb of debs) execFileSync('dpkg-deb', ['-I', join(folder, name, deb)], { stdio: 'ignore' });
    },
    10 * minute,
  );

  test('doctor finds that this machine can run the pipeline', async () => {
    const { exitCode, stdout } = await run('--json', 'doctor', '--only', 'machine');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).checks).toMatchObject(
      ['node', 'user', 'tools', 'engine', 'disk', 'leftovers'].map((name) => ({ name, level: 'good' })),
    );
  });
});
