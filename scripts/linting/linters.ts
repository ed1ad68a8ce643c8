import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { runProcess } from '../testing/process.ts';
import { type LaidFiles, layOutRelease, layOutSources } from './workflow-trees.ts';

/** A program that looks at workflows, and how it is asked. */
export interface WorkflowLinter {
  readonly name: 'actionlint' | 'zizmor';
  /** Lays the files into an empty folder. */
  readonly layOut: (root: string, folder: string) => Promise<LaidFiles>;
  readonly argv: (program: string, files: LaidFiles, root: string) => readonly [string, ...string[]];
}

export const workflowLinters: readonly WorkflowLinter[] = [
  { name: 'actionlint', layOut: layOutSources, argv: (program, files) => [program, '-no-color', '-oneline', ...files] },
  {
    name: 'zizmor',
    layOut: layOutRelease,
    argv: (program, files, root) => [
      program,
      '--offline',
      '--quiet',
      ...['--persona', 'auditor', '--no-progress', '--color', 'never'],
      ...['--config', join(root, '.github/zizmor.yml'), '--strict-collection'],
      ...files,
    ],
  },
];

/** Where scripts/lint-workflows.sh installs them, then PATH; undefined when it is nowhere. */
export async function linterProgram(root: string, name: string, path = process.env['PATH'] ?? ''): Promise<string | undefined> {
  const folders = [join(root, '.cache/workflow-linters/bin'), ...path.split(delimiter).filter((folder) => folder !== '')];
  for (const folder of folders) {
    const file = join(folder, name);
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  return undefined;
}

/** Empty when it has nothing to say; `folder` is an empty one. */
export async function findings(linter: WorkflowLinter, program: string, root: string, folder: string): Promise<string> {
  const files = await linter.layOut(root, folder);
  const { exitCode, output } = await runProcess(linter.argv(program, files, root), { cwd: folder });
  return exitCode === 0 ? '' : output.trim() || `${linter.name} ended with exit code ${exitCode}`;
}
