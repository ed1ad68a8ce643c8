import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Host, inertLine, shellWord, UserError } from '@release-kit/action';
import { manifestName } from '@release-kit/manifest';

/** Before a stage that works on what was built: most who see that nothing is there have not built yet. Throws E_PATH. */
export function requireBuilt(output: string, { files }: Pick<Host, 'files'>): void {
  if (existsSync(join(resolve(files.workspace, output), manifestName))) return;
  const flag = output === 'out' ? '' : ` --output=${shellWord(output)}`;
  throw new UserError('E_PATH', `nothing was built yet: ${inertLine(output)} holds no ${manifestName}`, {
    cure: inertLine(`Build first, with release-kit build${flag}, or name the folder that holds the packages with --output.`),
  });
}
