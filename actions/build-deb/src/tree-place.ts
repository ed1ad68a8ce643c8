import { join, posix } from 'node:path';
import { innerPath } from '@release-kit/action';
import { type FoundProblem, treeSearch } from '@release-kit/debian';
import { folderAt } from './log-paths.ts';
import { isOwnFile, type LogPlace, type TreePlaces } from './source-place.ts';
import { readTreeFile } from './tree-files.ts';

/** The line of a build file that a problem without a place of its own is about, where only one can be meant; absolute, in the machine. */
export async function treePlace(problem: FoundProblem, lines: readonly string[], where: TreePlaces): Promise<LogPlace | undefined> {
  const { source, tree } = where;
  const search = treeSearch(problem);
  if (search === undefined || source === undefined) return undefined;
  const inner = innerPath(tree, folderAt(lines, problem.at, tree)) ?? '';
  // A folder that only the build made, such as obj-TRIPLET, holds nothing that people wrote.
  for (const folder of new Set([inner, ''])) {
    for (const name of search.names) {
      const path = join(source, folder, name);
      if (!(await isOwnFile(path, source))) continue;
      const text = await readTreeFile(path);
      const line = text === undefined ? undefined : search.find(text);
      return line === undefined ? undefined : { file: posix.join(tree, folder, name), line };
    }
  }
  return undefined;
}
