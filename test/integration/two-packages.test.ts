import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readInputs } from '@release-kit/action';
import * as buildDeb from '@release-kit/action-build-deb';
import { runIn } from '@release-kit/cli/program-run';
import { readManifest } from '@release-kit/manifest';
import { exampleFolder } from '../support/history.ts';
import { describeWithMachines, machineHost } from '../support/machine-host.ts';

const example = join(exampleFolder, '../two-packages');
/** Milliseconds; the first build may have to make the base systems. */
const long = 600_000;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'two-packages-'));
});
afterAll(() => rm(folder, { recursive: true }));

describeWithMachines('a package that needs another of the same repository', () => {
  test(
    'is refused at its line of debian/control without it',
    async () => {
      await using host = await machineHost({ workspace: folder });
      const given = { source: join(example, 'greeter'), output: 'refused' };
      const inputs = readInputs(buildDeb.spec, given, { workspace: folder, nameOf: (name) => name });
      await expect(buildDeb.run(inputs, host)).rejects.toThrowWithCode('E_BUILD_DEPENDS', /libgreeting-dev/);
    },
    long,
  );

  test(
    'is built after it and with it, installed with it, and released with it',
    async () => {
      const { exitCode, stdout, stderr } = await runIn({ folder, env: process.env }, ['--json', 'release', '--output=out', example]);
      expect({ exitCode, stderr: exitCode === 0 ? '' : stderr }).toEqual({ exitCode: 0, stderr: '' });
      const document = JSON.parse(stdout);
      expect(document.result.packages).toEqual(expect.arrayContaining(['libgreeting1_1.0.0_amd64.deb', 'greeter_1.0.0_amd64.deb']));
      const { sources } = await readManifest(join(folder, 'out', 'manifest.json'));
      expect(sources.map((source) => source.package)).toEqual(['greeter', 'libgreeting']);
      const steps: { name: string }[] = document.steps;
      const builds = steps.map(({ name }) => name).filter((name) => /^(?:build-deb|lintian)/.test(name));
      expect(builds).toEqual(['build-deb libgreeting', 'lintian-check libgreeting', 'build-deb greeter', 'lintian-check greeter']);
      expect((await readdir(join(folder, 'out', 'logs'))).sort()).toEqual(expect.arrayContaining(['greeter', 'libgreeting']));
      expect(await readFile(join(folder, 'out', 'notes.md'), 'utf8')).toMatch(/greeter[\s\S]*libgreeting/);
    },
    long,
  );
});
