/**
 * Hands out one item at each call: the largest while no such one is under way, else the smallest. Two callers at a time then send a large file while
 * the seconds that GitHub wants between two changes pass for small ones. Equal sizes keep their order.
 */
export function inTurns<T extends { readonly size: number }, R>(items: readonly T[], work: (item: T) => Promise<R>): () => Promise<R> {
  const left = items.toSorted((a, b) => a.size - b.size);
  let isLargeUnderWay = false;
  return async () => {
    const isLarge = !isLargeUnderWay;
    const largest = left.at(-1)?.size;
    const [item] = left.splice(isLarge ? left.findIndex(({ size }) => size === largest) : 0, 1);
    if (item === undefined) throw new Error('asked for more than there are');
    if (isLarge) isLargeUnderWay = true;
    try {
      return await work(item);
    } finally {
      if (isLarge) isLargeUnderWay = false;
    }
  };
}
