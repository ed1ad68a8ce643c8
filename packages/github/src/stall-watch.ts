/** Ends what stands still: `ending` is aborted when `moved` was not called for so many milliseconds. */
export interface StallWatch extends Disposable {
  moved(): void;
}

export function watchStall(milliseconds: number, ending: AbortController): StallWatch {
  const timer = setTimeout(() => ending.abort(new Error(`nothing moved for ${milliseconds / 1000} s`)), milliseconds);
  return {
    moved: () => void timer.refresh(),
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}

/** The pieces of an answer; one that stands still is ended, and what breaks it is thrown as `told` says it. */
export async function* watchedPieces(
  data: AsyncIterable<unknown>,
  stall: number,
  ending: AbortController,
  told: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array> {
  using watch = watchStall(stall, ending);
  const pieces = data[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await nextOf(pieces, told);
      if (next.done === true) return;
      watch.moved();
      if (next.value instanceof Uint8Array) yield next.value;
    }
  } finally {
    await pieces.return?.();
  }
}

async function nextOf(pieces: AsyncIterator<unknown>, told: (error: unknown) => unknown): Promise<IteratorResult<unknown>> {
  try {
    return await pieces.next();
  } catch (error) {
    throw told(error);
  }
}
