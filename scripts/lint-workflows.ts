/** Lets actionlint and zizmor look at all workflows, examples and action files. scripts/lint-workflows.sh installs both. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findings, linterProgram, workflowLinters } from './linting/linters.ts';

const root = join(import.meta.dirname, '..');

for (const linter of workflowLinters) {
  const program = await linterProgram(root, linter.name);
  if (program === undefined) throw new Error(`${linter.name} is not installed: scripts/lint-workflows.sh does it`);
  const folder = await mkdtemp(join(tmpdir(), 'release-kit-lint-'));
  try {
    const said = await findings(linter, program, root, folder);
    console.log(said === '' ? `${linter.name}: nothing found` : `${linter.name}:\n${said}`);
    if (said !== '') process.exitCode = 1;
  } finally {
    await rm(folder, { recursive: true });
  }
}
