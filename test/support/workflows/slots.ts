/** Lets so many run at a time, in the order in which they asked. */
export class Slots {
  #free: number;
  readonly #queue: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Runs it when there is room. */
  async with<T>(run: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
    try {
      return await run();
    } finally {
      const next = this.#queue.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}

/** As Promise.all, but nothing goes on behind its back: `stop` is called at the first error, and all have ended when it returns. */
export async function allEnded<T>(running: readonly Promise<T>[], stop: () => void): Promise<readonly T[]> {
  const watched = running.map((one) =>
    one.catch((error: unknown) => {
      stop();
      throw error;
    }),
  );
  await Promise.allSettled(watched);
  return Promise.all(watched);
}
