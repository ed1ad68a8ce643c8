import { glob } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '@release-kit/action/errors';
import { inertLine } from '@release-kit/action/inert';

/** The paths (absolute, sorted) that one line of the input `local-packages` names: a path, or a pattern. Throws E_PATH for a pattern that nothing is like. */
export async function namedPaths(word: string, workspace: string): Promise<readonly string[]> {
  if (!/[*?[{]/.test(word)) return [resolve(workspace, word)];
  const paths: string[] = [];
  for await (const path of glob(word, { cwd: workspace })) paths.push(resolve(workspace, path));
  if (paths.length === 0) throw new UserError('E_PATH', `input local-packages: nothing is like ${inertLine(word)}`);
  return paths.sort();
}
