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
 */
export function commitsSince<Node extends { readonly sha: string; readonly parents: readonly string[] }>(
  commits: readonly Node[],
  starts: readonly string[],
): readonly Node[] {
  if (starts.length === 0) return commits;
  const reached = new Set(starts);
  return commits.filter(({ sha, parents }) => {
    if (!reached.delete(sha)) return true;
    for (const parent of parents) reached.add(parent);
    return false;
  });
}
