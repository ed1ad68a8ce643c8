import { type Git, readLog } from '@release-kit/git';
import { authorsOf, contributorKey, type HistoryNode, isBot, needsPaths, nodeReader, type ParsedCommit } from '@release-kit/history';
import type { HistoryRequest } from './history-request.ts';

/**
 * Whose first contribution is among these commits: the history before them is read until all others were met.
 *
 * @param all the whole range, none of them missing
 */
export async function newcomers(
  git: Git,
  all: readonly HistoryNode[],
  commits: readonly ParsedCommit[],
  request: HistoryRequest,
): Promise<(key: string) => boolean> {
  const unknown = new Set(
    commits
      .flatMap(authorsOf)
      .filter((person) => !isBot(person))
      .map(contributorKey),
  );
  const own = new Set(all.map(({ sha }) => sha));
  const earlier = [...new Set(all.flatMap(({ parents }) => parents))].filter((sha) => !own.has(sha));
  if (earlier.length === 0 || unknown.size === 0) return (key) => unknown.has(key);
  const read = nodeReader(request.packages, request.package, request.reading);
  for await (const batch of readLog(git, { to: earlier, paths: needsPaths(request.packages) })) {
    for (const logged of batch) {
      for (const commit of read(logged).commits) for (const person of authorsOf(commit)) unknown.delete(contributorKey(person));
    }
    if (unknown.size === 0) break;
  }
  return (key) => unknown.has(key);
}
