import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { findings, linterProgram, type WorkflowLinter, workflowLinters } from '../../scripts/linting/linters.ts';

/**
 * Both are in no distribution, so .ci/run does not install them: scripts/lint-workflows.sh does, and a job of .ci.yml runs that. Where they are not
 * installed there is nothing to run here, in CI as well; the rules S1 to S10 have tests of their own.
 */
const root = join(import.meta.dirname, '../..');

async function said(linter: WorkflowLinter, program: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'release-kit-lint-'));
  try {
    return await findings(linter, program, root, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const defects = {
  actionlint: ['mode: check\n', 'mode: check\n          no-such-input: x\n', /input "no-such-input" is not defined/],
  zizmor: ['permissions: {}\n', 'permissions: write-all\n', /excessive-permissions/],
} as const;

test('a job of .ci.yml installs and runs both', async () => {
  expect(await readFile(join(root, '.github/workflows/.ci.yml'), 'utf8')).toMatch(/^ +- run: scripts\/lint-workflows\.sh$/m);
  const script = await readFile(join(root, 'scripts/lint-workflows.sh'), 'utf8');
  const requirements = await readFile(join(root, 'scripts/linting/requirements.txt'), 'utf8');
  for (const { name } of workflowLinters) expect(`${script}${requirements}`).toMatch(new RegExp(`^${name}=`, 'm'));
});

for (const linter of workflowLinters) {
  const program = await linterProgram(root, linter.name);
  if (program === undefined) continue;
  describe(linter.name, () => {
    test('finds nothing in any workflow, example or action file', async () => expect(await said(linter, program)).toBe(''), 60_000);
    test('finds a planted defect', async () => {
      const [from, to, found] = defects[linter.name];
      const planting: WorkflowLinter = {
        ...linter,
        async layOut(from_, folder) {
          const files = await linter.layOut(from_, folder);
          const file = join(folder, '.github/workflows/release.yml');
          await writeFile(file, (await readFile(file, 'utf8')).replace(from, to));
          return files;
        },
      };
      expect(await said(planting, program)).toMatch(found);
    }, 60_000);
  });
}
