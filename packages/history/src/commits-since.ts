/** Whether a commit is another one or, by what `commits` says, has it as an ancestor; that one need not be in the list, but all between them. */
export function leadsTo(
  commits: readonly { readonly sha: string; readonly parents: readonly string[] }[],
  start: string,
  ancestor: string,
): boolean {
  const reached = new Set([start]);
  for (const { sha, parents } of commits) {
    if (sha === ancestor) break;
    if (reached.delete(sha)) for (const parent of parents) reached.add(parent);
  }
  return reached.has(ancestor);
}

/**
 * The commits that none of `starts` is or has as an ancestor, in the order given.
 *
 * @param commits none after one of its parents, as git lists them; all that lead from a start to its ancestors in the list have to be in it
 * @param starts full SHAs
 * @param heads `one`: all others are ancestors of the first, so that a long list is looked at no farther than there can be some
 */
export function commitsSince<Node extends { readonly sha: string; readonly parents: readonly string[] }>(
  commits: readonly Node[],
  starts: readonly string[],
  heads: 'one' | 'any' = 'any',
): readonly Node[] {
  if (starts.length === 0) return commits;
  const reached = new Set(starts);
  const awaited = new Set<string>();
  const since: Node[] = [];
  for (const commit of commits) {
    const { sha, parents } = commit;
    awaited.delete(sha);
    if (reached.delete(sha)) {
      for (const parent of parents) {
        reached.add(parent);
        awaited.delete(parent);
      }
    } else {
      since.push(commit);
      for (const parent of parents) if (!reached.has(parent)) awaited.add(parent);
    }
    if (heads === 'one' && awaited.size === 0) break;
  }
  return since;
}
