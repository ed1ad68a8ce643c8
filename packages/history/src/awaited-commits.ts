/** What is known about commits that were named as parents and are still to come. */
export interface AwaitedCommits<Known> {
  readonly get: (sha: string) => Known | undefined;
  readonly set: (sha: string, known: Known) => void;
  /** It came. */
  readonly remove: (sha: string) => Known | undefined;
  readonly size: () => number;
}

/** On one line the commit that is named next comes next: one place for it beside the map spares most of the work. */
export function awaitedCommits<Known>(): AwaitedCommits<Known> {
  const others = new Map<string, Known>();
  let next: { readonly sha: string; readonly known: Known } | undefined;
  return {
    get: (sha) => (next?.sha === sha ? next.known : others.size === 0 ? undefined : others.get(sha)),
    set: (sha, known) => {
      if (others.has(sha)) others.set(sha, known);
      else {
        if (next !== undefined && next.sha !== sha) others.set(next.sha, next.known);
        next = { sha, known };
      }
    },
    remove: (sha) => {
      if (next?.sha !== sha) {
        const known = others.get(sha);
        others.delete(sha);
        return known;
      }
      const { known } = next;
      next = undefined;
      return known;
    },
    size: () => others.size + (next === undefined ? 0 : 1),
  };
}
