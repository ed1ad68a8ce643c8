import { availableParallelism } from 'node:os';

/**
 * Runs `work` for each item, `width` at a time (as many as there are processors, unless given); results in the order of the items.
 * The first error ends it, once what runs has ended.
 */
export async function pool<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
  width = availableParallelism(),
): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const failed = new AbortController();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      // Nobody starts anything more after an error.
      if (failed.signal.aborted) return;
      try {
        results[index] = await work(item, index);
      } catch (error) {
        failed.abort();
        throw error;
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: Math.min(items.length, width) }, worker));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return results;
}
