/** What decides where a commit stands in a log. */
export interface DatedCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  /** Of the committer, seconds since 1970. */
  readonly timestamp: number;
}

/** The place of each commit in a list, by its SHA. */
export function placesOf(commits: readonly DatedCommit[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  commits.forEach(({ sha }, place) => {
    places.set(sha, place);
  });
  return places;
}

/**
 * A history as `git log --date-order` lists it, newest first and no commit before all of its children: git's own way (`sort_in_topological_order`), for
 * whoever has all of it in memory and need not have git walk through it first.
 *
 * @param commits all ancestors of the commits without children, in the order in which git comes to them
 * @param places of `placesOf`, where that is known
 */
export function dateOrder<Commit extends DatedCommit>(
  commits: readonly Commit[],
  places: ReadonlyMap<string, number> = placesOf(commits),
): readonly Commit[] {
  if (isDateOrder(commits, places)) return commits;
  const parents = commits.map((commit) => commit.parents.map((sha) => places.get(sha)).filter((place) => place !== undefined));
  const children = new Int32Array(commits.length);
  for (const some of parents) for (const place of some) children[place] = (children[place] ?? 0) + 1;
  const ready = newestFirst(commits);
  for (const place of commits.keys()) if (children[place] === 0) ready.add(place);
  const ordered: Commit[] = [];
  for (let place = ready.take(); place !== undefined; place = ready.take()) {
    const commit = commits[place];
    if (commit !== undefined) ordered.push(commit);
    for (const parent of parents[place] ?? []) {
      const left = (children[parent] ?? 0) - 1;
      children[parent] = left;
      if (left === 0) ready.add(parent);
    }
  }
  return ordered;
}

/**
 * Whether a list is in this order beyond doubt, which most are as git comes to them: none after one of its parents, none newer than the one before it, and one of the same second only behind
 * its own child, where nothing else can stand.
 */
function isDateOrder(commits: readonly DatedCommit[], places: ReadonlyMap<string, number>): boolean {
  return commits.every(({ sha, parents, timestamp }, place) => {
    const last = commits[place - 1];
    if (last !== undefined && timestamp >= last.timestamp && !(timestamp === last.timestamp && last.parents.includes(sha))) return false;
    return parents.every((parent) => (places.get(parent) ?? place) >= place);
  });
}

/** Gives the newest commit that was added; of the same second, the one that was added first. A heap, with a place of its own for the only one of a line. */
function newestFirst(commits: readonly DatedCommit[]) {
  const heap: { readonly place: number; readonly timestamp: number; readonly turn: number }[] = [];
  let turn = 0;
  const isBefore = (one: number, other: number): boolean => {
    const [a, b] = [heap[one], heap[other]];
    if (a === undefined || b === undefined) return false;
    return a.timestamp === b.timestamp ? a.turn < b.turn : a.timestamp > b.timestamp;
  };
  const swap = (one: number, other: number): void => {
    const [a, b] = [heap[one], heap[other]];
    if (a === undefined || b === undefined) return;
    heap[one] = b;
    heap[other] = a;
  };
  return {
    add: (place: number): void => {
      turn += 1;
      heap.push({ place, timestamp: commits[place]?.timestamp ?? 0, turn });
      for (let at = heap.length - 1; at > 0 && isBefore(at, (at - 1) >> 1); at = (at - 1) >> 1) swap(at, (at - 1) >> 1);
    },
    take: (): number | undefined => {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined || heap.length === 0) return first?.place;
      heap[0] = last;
      for (let at = 0; ; ) {
        const left = at * 2 + 1;
        const child = isBefore(left + 1, left) ? left + 1 : left;
        if (!isBefore(child, at)) return first.place;
        swap(at, child);
        at = child;
      }
    },
  };
}
