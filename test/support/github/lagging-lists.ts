/** Lists that show for a while after each write what they showed before it, as a replica that lags behind does. */
export interface LaggingLists {
  /** Called before a write, with all lists that it may change. */
  remember(lists: ReadonlyMap<string, readonly object[]>): void;
  /** What a reader sees now. */
  shown(name: string, live: readonly object[]): readonly object[];
}

/** @param lag in milliseconds; 0 for none */
export function laggingLists(now: () => number, lag: () => number): LaggingLists {
  let past: { readonly until: number; readonly lists: ReadonlyMap<string, readonly object[]> }[] = [];
  return {
    remember(lists) {
      if (lag() > 0) past.push({ until: now() + lag(), lists });
    },
    shown(name, live) {
      past = past.filter(({ until }) => until > now());
      // The oldest of what is not over yet: all later writes are behind the lag as well. A list that is new since is empty.
      const [oldest] = past;
      return oldest === undefined ? live : (oldest.lists.get(name) ?? []);
    },
  };
}
